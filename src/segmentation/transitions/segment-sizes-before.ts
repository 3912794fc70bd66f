import type { SegmentMigration } from "./segment-migration.js";

/**
 * Returns the customers of each segment on the earlier day, those who are in no segment since among them.
 *
 * @example
 * const flows = [{ from: "Champions", to: "Promising", customers: 3, revenue: 90 }];
 * segmentSizesBefore({ flows, vanished: { Champions: 1 } }); // {Champions: 4}
 */
export function segmentSizesBefore({
  flows,
  vanished,
}: Pick<SegmentMigration, "flows" | "vanished">): Record<string, number> {
  const sizes: Record<string, number> = { ...vanished };
  for (const { from, customers } of flows) if (from !== null) sizes[from] = (sizes[from] ?? 0) + customers;
  return sizes;
}
