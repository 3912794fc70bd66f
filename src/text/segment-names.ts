/** Segment names, in the order of tables and legends. Rules apply in another order. */
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

/** Name of the group of customers who have too few orders for a cluster. */
export const TOO_FEW_ORDERS = "Too few orders";

/** Name of a segment. */
export type SegmentName = (typeof SEGMENT_NAMES)[number];
