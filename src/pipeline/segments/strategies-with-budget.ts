import { SEGMENT_NAMES, type SegmentName } from "../../segment-names.js";
import type { SegmentProfile } from "../../segmentation/index.js";
import { allocateBudget, type Strategies } from "../../strategy/index.js";

/** The strategies by segment, most urgent first, with the sizes of their segments and their shares of a budget. */
export function strategiesWithBudget(
  profiles: readonly SegmentProfile[],
  { strategies, budget }: { readonly strategies: Strategies; readonly budget: number },
) {
  const sizeOf = new Map(profiles.map(({ name, customers }) => [name, customers]));
  const claims = SEGMENT_NAMES.map((segment) => ({
    segment,
    priority: strategies[segment].priority,
    customers: sizeOf.get(segment) ?? 0,
  }));
  return Object.fromEntries(
    allocateBudget(budget, claims).map(({ segment, customers, amount }) => [
      segment,
      { ...strategies[segment as SegmentName], customers, budget_amount: amount },
    ]),
  );
}
