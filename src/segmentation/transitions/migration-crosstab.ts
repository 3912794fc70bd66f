import { requireKnownOptions } from "../../errors.js";
import type { Migration, SegmentMigration } from "./segment-migration.js";

/** Customers or revenue by segment before (rows) and after (columns), of segments that somebody was in. */
export interface MigrationCrosstab {
  /** Segments before, newcomers last as null. */
  readonly from: readonly (string | null)[];
  /** Segments after. */
  readonly to: readonly string[];
  /** `values[i][j]` from `from[i]` to `to[j]`; null where nobody went. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Sums of the rows. */
  readonly fromTotals: readonly number[];
  /** Sums of the columns. */
  readonly toTotals: readonly number[];
  readonly total: number;
}

/**
 * Tabulates a migration with its sums.
 *
 * @param options.names Segments in the order of rows and columns; others are left out.
 *
 * @example
 * const flows = [
 *   { from: null, to: "New Customers", customers: 4, revenue: 90 },
 *   { from: "New Customers", to: "Promising", customers: 2, revenue: 130 },
 * ];
 * const names = ["New Customers", "Promising"];
 * migrationCrosstab({ flows }, { measure: "customers", names }).values; // [[null, 2], [4, null]]
 */
export function migrationCrosstab(
  { flows }: Pick<SegmentMigration, "flows">,
  options: { readonly measure: "customers" | "revenue"; readonly names: readonly string[] },
): MigrationCrosstab {
  requireKnownOptions("tabulate movement", options, { measure: true, names: true });
  const { measure, names } = options;
  const sumOf = (wanted: (flow: Migration) => boolean) =>
    flows.reduce<number | null>((sum, flow) => (wanted(flow) ? (sum ?? 0) + flow[measure] : sum), null);
  const from = [
    ...names.filter((name) => flows.some((flow) => flow.from === name)),
    ...(flows.some((flow) => flow.from === null) ? [null] : []),
  ];
  const to = names.filter((name) => flows.some((flow) => flow.to === name));
  return {
    from,
    to,
    values: from.map((before) => to.map((after) => sumOf((flow) => flow.from === before && flow.to === after))),
    fromTotals: from.map((before) => sumOf((flow) => flow.from === before) ?? 0),
    toTotals: to.map((after) => sumOf((flow) => flow.to === after) ?? 0),
    total: sumOf(() => true) ?? 0,
  };
}
