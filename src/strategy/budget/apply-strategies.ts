import { requireKnownOptions } from "../../errors.js";
import type { GroupProfile } from "../../segmentation/index.js";
import { SEGMENT_NAMES, type SegmentName } from "../../text/index.js";
import type { Strategies, Strategy } from "../lists/strategy.js";
import type { TargetList } from "../lists/target-list.js";
import { allocateBudget } from "./allocate-budget.js";

/** Input of strategies. */
export interface StrategyFacts {
  /** Everyone in each segment. */
  readonly profiles: readonly GroupProfile[];
  /** Those among them who may be contacted. */
  readonly lists: readonly TargetList[];
}

/** Strategy for the customers of a segment, as written into `segment_strategies.json`. */
export interface AppliedStrategy extends Strategy {
  readonly customers: number;
  /** Those among them who may be contacted; all of them if consent is unknown. */
  readonly contactable: number;
  /** False if the dataset does not say who agreed to marketing. */
  readonly consent_known: boolean;
  /** Those who opted out of marketing. */
  readonly refused: number;
  /** Those who did not say. */
  readonly unknown_consent: number;
  /** In the dataset's currency. */
  readonly budget_amount: number;
}

/**
 * Combines the strategies of segments, most urgent first, with the number of customers, the number who may be
 * contacted, and a share of the budget. A segment without contactable customers gets no budget.
 */
export function strategiesWithBudget(
  { profiles, lists }: StrategyFacts,
  options: { readonly strategies: Strategies; readonly budget: number },
): Record<string, AppliedStrategy> {
  requireKnownOptions("apply the strategies", options, { strategies: true, budget: true });
  const { strategies, budget } = options;
  const sizeOf = new Map(profiles.map(({ name, customers }) => [name, customers]));
  const listOf = new Map(lists.map((list) => [list.segment, list]));
  const claims = SEGMENT_NAMES.map((segment) => ({
    segment,
    priority: strategies[segment].priority,
    customers: listOf.get(segment)?.targets.length ?? 0,
  }));
  const anybody = claims.some(({ customers }) => customers > 0);
  const lines = anybody ? allocateBudget(budget, claims) : claims.map((claim) => ({ ...claim, amount: 0 }));
  return Object.fromEntries(
    lines.map(({ segment, customers, amount }) => [
      segment,
      {
        ...strategies[segment as SegmentName],
        customers: sizeOf.get(segment) ?? 0,
        contactable: customers,
        consent_known: lists.some((list) => list.consentKnown),
        refused: listOf.get(segment)?.optedOut ?? 0,
        unknown_consent: listOf.get(segment)?.unknownConsent ?? 0,
        budget_amount: amount,
      },
    ]),
  );
}
