import type { SegmentProfile } from "../../segmentation/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";

/** Clusters in a few numbers, one per row: how many, what they bring, and the customer in their middle. */
export function profileTable(
  profiles: readonly SegmentProfile[],
  options: Partial<Conventions> = {},
): Record<string, string>[] {
  const { count, number, percent, money } = numberTexts(options);
  return profiles.map(({ name, customers, share, revenueShare, centres }) => ({
    cluster: name,
    customers: count(customers),
    share: percent(share),
    "share of revenue": percent(revenueShare),
    "days away": count(centres.recencyDays.median),
    orders: number(centres.frequency.median, Number.isInteger(centres.frequency.median) ? 0 : 1),
    "per order": money(centres.avgBasketValue.median, 2),
  }));
}
