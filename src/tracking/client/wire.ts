/** Key and value, as MLflow's lists of params and tags have them. */
export interface WirePair {
  readonly key: string;
  readonly value?: string;
}

/** An int64 of proto-JSON, which may be written as a number or as text. */
export type WireInteger = number | string;

/** JSON has no NaN and no infinities: MLflow takes and gives them as text. */
export function toWireNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** A metric as the server gives it. It stores infinities as the largest double. */
export function fromWireNumber(value: number | string): number {
  const number = typeof value === "number" ? value : Number(value);
  return Math.abs(number) === Number.MAX_VALUE ? Math.sign(number) * Number.POSITIVE_INFINITY : number;
}

/** An int64 as a number, 0 if the server left it out. */
export function fromWireInteger(value: WireInteger | undefined): number {
  return value === undefined ? 0 : Number(value);
}

/** An optional int64. */
export function fromWireOptional(value: WireInteger | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** `{a: "1"}` as `[{key: "a", value: "1"}]`. */
export function toPairs(record: Readonly<Record<string, string>>): WirePair[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}

/** `[{key: "a", value: "1"}]` as `{a: "1"}`. */
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
