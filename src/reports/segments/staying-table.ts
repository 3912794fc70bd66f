import { requireKnownOptions } from "../../errors.js";
import type { SegmentMigration } from "../../segmentation/index.js";
import { CONVENTION_NAMES, type Conventions, createTable, type DataTable } from "../../table/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";

/** Options of {@link stayingTable}. */
export interface StayingTableOptions extends Partial<Conventions> {
  /** Customers by segment on the earlier day. */
  readonly before: Readonly<Record<string, number>>;
  /** Segments in order; defaults to the eight rule segments. Those that were empty are left out. */
  readonly names?: readonly string[];
}

/**
 * Tabulates how long customers stay in each segment: the share that stayed, and the days until half of them have left at
 * that rate. The days are unknown where everybody stayed or left.
 *
 * @example
 * const before = new Map([["a", "Champions"], ["b", "Champions"]]);
 * const after = new Map([["a", "Champions"], ["b", "Promising"]]);
 * const migration = segmentMigration(before, after, { days: 30, revenueOf: () => 1 });
 * stayingTable(migration, { before: segmentSizesBefore(migration) }).rows; // [["Champions", 2, 0.5, 30]]
 */
export function stayingTable(
  { stayed, halfLifeDays }: Pick<SegmentMigration, "stayed" | "halfLifeDays">,
  options: StayingTableOptions,
): DataTable {
  requireKnownOptions("tabulate who stayed", options, { before: true, names: true, ...CONVENTION_NAMES });
  const { before, names = SEGMENT_NAMES, ...conventions } = options;
  return createTable(
    {
      caption: "How long customers stay in a segment",
      columns: [
        { name: "segment", title: "Segment", format: { kind: "segment" } },
        { name: "before", title: "Customers before", format: { kind: "count" } },
        { name: "stayed", title: "Stayed", format: { kind: "percent" } },
        { name: "halfLifeDays", title: "Days until half have left", format: { kind: "days" } },
      ],
      rows: names
        .filter((name) => name in stayed)
        .map((name) => [name, before[name] ?? null, stayed[name], halfLifeDays[name]]),
    },
    conventions,
  );
}
