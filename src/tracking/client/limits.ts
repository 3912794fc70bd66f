import type { WirePair } from "./wire.js";

/** Limits of one `runs/log-batch` request (mlflow/utils/validation.py of MLflow 3). */
export const BATCH_LIMITS = { metrics: 1000, params: 100, tags: 100, items: 1000, bytes: 1_000_000 } as const;

/** The longest values the server keeps, in characters. */
export const VALUE_LIMITS = {
  key: 250,
  param: 6000,
  tag: 8000,
  experimentTag: 20_000,
  datasetName: 500,
  datasetDigest: 36,
  datasetSource: 65_535,
  datasetSchema: 1_048_575,
  datasetProfile: 16_777_215,
} as const;

/** Receives one line for a person. */
export type Warn = (message: string) => void;

/**
 * Cuts a param or tag value to the server's limit, with a notice to `warn`. Characters are code points, as the server
 * counts them.
 */
export function fitValue(what: string, value: string, { limit, warn }: { limit: number; warn: Warn }): string {
  if (value.length <= limit) return value;
  const points = Array.from(value);
  if (points.length <= limit) return value;
  warn(`${what} was cut from ${points.length} to ${limit} characters, the limit of MLflow`);
  return points.slice(0, limit).join("");
}

/** Applies {@link fitValue} to params or tags. */
export function fitPairs(
  kind: "param" | "tag",
  pairs: readonly WirePair[],
  { limit, warn }: { limit: number; warn: Warn },
): WirePair[] {
  return pairs.map(({ key, value = "" }) => {
    requireKey(kind, key);
    return { key, value: fitValue(`The ${kind} "${key}"`, value, { limit, warn }) };
  });
}

/**
 * Checks the name of a param, metric or tag by the server's rules.
 *
 * @throws {RangeError} If MLflow would refuse it.
 */
export function requireKey(kind: "param" | "metric" | "tag", key: string): void {
  const isClean = /^[\p{L}\p{N}_/.\- :]+$/u.test(key) && Array.from(key).length <= VALUE_LIMITS.key;
  const isPath = key.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  if (!isClean || !isPath) {
    throw new RangeError(
      `Cannot log ${kind} "${key}": its name has ${Array.from(key).length} characters; expected at most ${VALUE_LIMITS.key}, ` +
        "of letters, digits, _ - . : space and single slashes between them",
    );
  }
}
