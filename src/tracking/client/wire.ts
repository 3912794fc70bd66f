import { type Static, Type } from "../../schema/index.js";

/** Key and value, as MLflow's lists of params and tags have them. */
export const wirePair = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) });
export type WirePair = Readonly<Static<typeof wirePair>>;

/** List of params or tags, which the server leaves out if it is empty. */
export const wirePairs = Type.Optional(Type.Array(wirePair));

/** Optional text, which the server leaves out if it is empty. */
export const wireText = Type.Optional(Type.String());

/** An int64 of proto-JSON, which may be written as a number or as text. */
export const wireInteger = Type.Union([Type.Number(), Type.String({ pattern: "^-?\\d+$" })]);
export type WireInteger = Static<typeof wireInteger>;

/** A double of proto-JSON, which writes NaN and infinities as text. */
export const wireNumber = Type.Union([Type.Number(), Type.Enum(["NaN", "Infinity", "-Infinity"])]);

/** Converts a number for JSON, which has no NaN and infinities: MLflow takes them as text. */
export function toWireNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** Reads a metric from the server, which stores infinities as the largest double. */
export function fromWireNumber(value: number | string): number {
  const number = typeof value === "number" ? value : Number(value);
  return Math.abs(number) === Number.MAX_VALUE ? Math.sign(number) * Number.POSITIVE_INFINITY : number;
}

/** Reads an int64 as a number, 0 if it is missing. */
export function fromWireInteger(value: WireInteger | undefined): number {
  return value === undefined ? 0 : Number(value);
}

/** Reads an optional int64 as a number. */
export function fromWireOptional(value: WireInteger | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** Converts `{a: "1"}` to `[{key: "a", value: "1"}]`. */
export function toPairs(record: Readonly<Record<string, string>>): WirePair[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}

/** Converts `[{key: "a", value: "1"}]` to `{a: "1"}`. */
export function fromPairs(pairs: readonly WirePair[] | undefined): Record<string, string> {
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, value ?? ""]));
}

/**
 * Collects the pages of a list, up to `limit` items.
 *
 * @param page Asks for one page of at most `size` items.
 */
export async function collectPages<T>(
  limit: number,
  page: (
    size: number,
    token: string | undefined,
  ) => Promise<{ items: readonly T[] | undefined; token?: string | undefined }>,
  pageSize = 1000,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const next = await page(Math.min(pageSize, limit - all.length), token);
    all.push(...(next.items ?? []));
    token = next.token || undefined;
  } while (token !== undefined && all.length < limit);
  return all;
}
