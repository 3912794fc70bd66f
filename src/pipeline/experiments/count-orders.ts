import type { Engine } from "../../engine/index.js";
import { dayBefore } from "../../features/index.js";
import type { OpenedDataset } from "../open-dataset.js";
import { type Days, spendBetween, spendOf } from "./spend-between.js";
import type { SplitManifest, SplitRow } from "./split-files.js";

/** What happened to the customers of a split who are read. */
export interface Measured {
  readonly rows: readonly SplitRow[];
  readonly converted: Float64Array;
  readonly spend?: Float64Array;
  readonly days: Days | null;
  readonly missing: number;
  readonly unknown: number;
  readonly inOtherArm: number;
  /** What was read, in a line. */
  readonly source: string;
  readonly remarks: readonly string[];
}

/**
 * What the customers of a split ordered while it ran.
 *
 * @throws {RangeError} If the orders are not known up to its last day.
 */
export async function countOrders(
  engine: Engine,
  rows: readonly SplitRow[],
  {
    manifest,
    opened,
    idOf,
    horizonDays = manifest.horizon_days,
  }: {
    readonly manifest: SplitManifest;
    readonly opened: OpenedDataset;
    readonly idOf: ReadonlyMap<string, string>;
    readonly horizonDays: number | undefined;
  },
): Promise<Measured> {
  const { name, starts_on: from, horizon_days: planned } = manifest;
  const to = dayBefore(from, 1 - horizonDays);
  requireKnown(manifest, opened, { horizonDays, to });
  const spend = spendOf(
    rows.map(({ id }) => idOf.get(id) as string),
    await spendBetween(engine, { from, to }),
  );
  return {
    rows,
    spend,
    converted: spend.map((amount) => Number(amount > 0)),
    days: { from, to },
    missing: 0,
    unknown: 0,
    inOtherArm: 0,
    source: `"${name}": orders from ${from} to ${to} of ${rows.length} customers`,
    remarks: [...(horizonDays === planned ? [] : [`read over ${horizonDays} days, planned were ${planned}`])],
  };
}

/** Throws unless the orders are known up to the last day that is read. */
function requireKnown(
  { name, starts_on }: SplitManifest,
  { asOf, lastOrder }: OpenedDataset,
  { horizonDays, to }: { readonly horizonDays: number; readonly to: string },
): void {
  if (to <= asOf) return;
  const later = lastOrder > asOf ? ` (--as-of ${lastOrder} knows more)` : "";
  const days = Math.round((Date.parse(asOf) - Date.parse(starts_on)) / 86_400_000) + 1;
  const what =
    days > 0
      ? `its ${horizonDays} days end on ${to}, and orders are known up to ${asOf}${later}; --horizon-days ${days} reads the days so far`
      : `it starts on ${starts_on}, and orders are known up to ${asOf}${later}`;
  throw new RangeError(`Cannot read "${name}" yet: ${what}`);
}
