import type { SegmentName } from "../../text/index.js";
import type { Distinction, ProfileColumn } from "../profiles/average-customer.js";

/** Claims that the name of a segment makes about its customers, compared with the average one. */
const PROMISES: Readonly<Record<SegmentName, { readonly [Column in ProfileColumn]?: "more" | "less" }>> = {
  Champions: { recencyDays: "less", frequency: "more", monetary: "more" },
  "Loyal Customers": { frequency: "more" },
  Promising: { recencyDays: "less" },
  "New Customers": { recencyDays: "less", frequency: "less", daysSinceFirstPurchase: "less" },
  "Need Attention": {},
  "At Risk": { recencyDays: "more" },
  Hibernating: { recencyDays: "more" },
  "Lost/Churned": { recencyDays: "more" },
};

/** Returns true if a cluster is notably the opposite of what a name says; names of rules of one's own promise nothing. */
export function breaksPromise(name: string, distinctions: readonly Distinction[]): boolean {
  const promise = Object.hasOwn(PROMISES, name) ? PROMISES[name as SegmentName] : {};
  return distinctions.some(
    ({ column, standardizedDifference }) =>
      promise[column] !== undefined && (promise[column] === "more") !== standardizedDifference > 0,
  );
}
