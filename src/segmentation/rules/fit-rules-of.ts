import type { Customers } from "../customers.js";
import { averageGaps } from "./average-gaps.js";
import { type FittedSegmentRules, fitSegmentRules } from "./fit-segment-rules.js";

/** Fits the limits of the segment rules to the customers of one day. */
export function fitRulesOf(customers: Customers): FittedSegmentRules {
  return fitSegmentRules(customers, { asOf: customers.asOf, gaps: averageGaps(customers) });
}
