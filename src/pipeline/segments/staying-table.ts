import type { SegmentMigration } from "../../segmentation/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";

/** Which segments are shown, in which order. */
export interface StayingTableOptions extends Partial<Conventions> {
  readonly names: readonly string[];
}

/**
 * How long customers stay in each segment that somebody was in: the share that stayed, and the days until half are gone
 * if it goes on like that.
 *
 * @example
 * const before = new Map([["a", "Champions"], ["b", "Champions"], ["c", "At Risk"]]);
 * const after = new Map([["a", "Champions"], ["b", "Promising"], ["c", "At Risk"]]);
 * const migration = segmentMigration(before, after, { days: 30, revenueOf: () => 1 });
 * stayingTable(migration, { names: ["Champions", "At Risk"] })[0];
 * // {segment: "Champions", before: "2", stayed: "50.0%", "half are gone": "after 30 days"}
 */
export function stayingTable(
  { flows, vanished, stayed, halfLifeDays }: SegmentMigration,
  { names, ...options }: StayingTableOptions,
): Record<string, string>[] {
  const { count, percent } = numberTexts(options);
  const when = (name: string) => {
    const days = halfLifeDays[name];
    return days === null ? (stayed[name] === 0 ? "all left" : "nobody left") : `after ${count(days)} days`;
  };
  return names
    .filter((name) => name in stayed)
    .map((name) => {
      const there = flows.reduce((sum, { from, customers }) => sum + (from === name ? customers : 0), vanished[name]);
      return { segment: name, before: count(there), stayed: percent(stayed[name]), "half are gone": when(name) };
    });
}
