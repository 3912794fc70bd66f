import { createHash } from "node:crypto";

/** Everything that the data of a stage depend on. */
export interface Identity {
  /** The import. */
  readonly dataset_sha256: string;
  /** The settings that the stage reads. */
  readonly settings_sha256: string;
  readonly as_of: string | null;
  /** Null if nothing is drawn. */
  readonly seed: number | null;
  /** Options with their defaults; of a path, the hash of its content. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Fingerprints of the stages that are read, by name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Version of the code. */
  readonly code: string;
}

/** Reason why an artifact differs from the one that would be made now. */
export type StaleReason = "missing" | "import" | "settings" | "day" | "seed" | "options" | "inputs" | "code" | "files";

/** Returns the hash of an identity, whatever the order of its keys. */
export function fingerprintOf(identity: Identity): string {
  return hashOf(identity);
}

/** Returns the sha256 of a JSON value, whatever the order of its keys. */
export function hashOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex");
}

/**
 * Returns the first difference between the identity of what is there and of what would be made.
 *
 * @returns Undefined if they are the same.
 */
export function staleReason(found: Identity, wanted: Identity): StaleReason | undefined {
  const parts: readonly (readonly [StaleReason, (identity: Identity) => unknown])[] = [
    ["import", ({ dataset_sha256 }) => dataset_sha256],
    ["settings", ({ settings_sha256 }) => settings_sha256],
    ["day", ({ as_of }) => as_of],
    ["seed", ({ seed }) => seed],
    ["options", ({ options }) => options],
    ["inputs", ({ inputs }) => inputs],
    ["code", ({ code }) => code],
  ];
  return parts.find(([, part]) => hashOf(part(found)) !== hashOf(part(wanted)))?.[0];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
