import type { GroupProfile } from "../../segmentation/index.js";
import type { AppliedStrategy } from "../../strategy/index.js";
import { type Conventions, createTable, type DataTable } from "../../table/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import { contactableColumn } from "./contactable-column.js";
import { AVERAGE_ORDERS } from "./formats.js";

/** Segments by rule, with their strategies. */
export interface RuleSegmentFacts {
  /** Profiles of the segments that are not empty. */
  readonly ruleProfiles: readonly GroupProfile[];
  readonly strategies: Readonly<Record<string, Pick<AppliedStrategy, "contactable" | "consent_known">>>;
}

/**
 * Tabulates the segments by rule, one per row, the best first: size, the median customer, share of revenue, and customers
 * who may be contacted. Of an empty segment only the size is known.
 *
 * @param conventions For display in notebooks.
 */
export function ruleSegmentTable(
  { ruleProfiles, strategies }: RuleSegmentFacts,
  conventions: Partial<Conventions> = {},
): DataTable {
  return createTable(
    {
      caption: "Segments by rule; days, orders and amounts are medians",
      columns: [
        { name: "segment", title: "Segment", format: { kind: "segment" } },
        { name: "customers", title: "Customers", format: { kind: "count" } },
        { name: "share", title: "Share", format: { kind: "percent" } },
        { name: "recencyDays", title: "Days since last order", format: { kind: "days" } },
        { name: "frequency", title: "Orders", format: AVERAGE_ORDERS },
        { name: "avgBasketValue", title: "Average order value", format: { kind: "money" } },
        { name: "revenueShare", title: "Share of revenue", format: { kind: "percent" } },
        contactableColumn(strategies),
      ],
      rows: SEGMENT_NAMES.map((segment) => {
        const profile = ruleProfiles.find(({ name }) => name === segment);
        const { recencyDays, frequency, avgBasketValue } = profile?.centres ?? {};
        return [
          ...[segment, profile?.customers ?? 0, profile?.share ?? 0],
          ...[recencyDays?.median ?? null, frequency?.median ?? null, avgBasketValue?.median ?? null],
          ...[profile?.revenueShare ?? 0, strategies[segment]?.contactable ?? 0],
        ];
      }),
    },
    conventions,
  );
}
