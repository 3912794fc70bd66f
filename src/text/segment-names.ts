/** The named segments, in the order in which tables and legends list them. Rules try them in another order. */
export const SEGMENT_NAMES = [
  "Champions",
  "Loyal Customers",
  "Promising",
  "New Customers",
  "Need Attention",
  "At Risk",
  "Hibernating",
  "Lost/Churned",
] as const;

/** One of the eight named segments. */
export type SegmentName = (typeof SEGMENT_NAMES)[number];
