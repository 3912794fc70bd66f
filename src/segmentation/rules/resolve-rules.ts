import type { SegmentSettings } from "../../datasets/index.js";
import { requireKnownOptions } from "../../errors.js";
import type { Customers } from "../customers.js";
import { fitRulesOf } from "./fit-rules-of.js";
import type { FittedSegmentRules } from "./fit-segment-rules.js";
import type { SegmentRule } from "./segment-rules.js";
import { type SegmentRuleKind, segmentRuleKind, segmentRulesOf } from "./segment-rules-of.js";

/**
 * Origin of fitted limits: "new" where none were kept, "refitted" on request, "kept" from an earlier run, "temporary" where the
 * kept ones are of a later day, so that those of this day serve this run only.
 */
export type RuleOrigin = "new" | "refitted" | "kept" | "temporary";

/** Fitted limits that a run uses, and where they come from. */
export interface FittedRuleUse {
  readonly origin: RuleOrigin;
  readonly fitted: FittedSegmentRules;
}

/** Segment rules of one run. */
export interface ResolvedRules {
  readonly kind: SegmentRuleKind;
  /** Rules of the run's day. */
  readonly now: readonly SegmentRule[];
  /** Rules of the earlier day that segments are compared with: nothing of a later day is in them. */
  readonly before: readonly SegmentRule[];
  /** Fitted limits, for both days; absent for rules with published limits. */
  readonly limits?: { readonly now: FittedRuleUse; readonly before: FittedRuleUse };
}

/** Options of {@link resolveRules}. */
export interface ResolveRulesOptions {
  readonly settings: SegmentSettings;
  /** Limits that an earlier run fitted; absent if there are none. */
  readonly kept?: FittedSegmentRules | undefined;
  /** Fits new limits even if there are kept ones; defaults to false. */
  readonly refit?: boolean;
}

/**
 * Chooses the segment rules of a day and of an earlier one. Kept limits apply from their day on; for an earlier day, limits
 * are fitted to the customers of that day.
 *
 * @example
 * const one = Float64Array.of(1);
 * const features = { recency_days: one, frequency: one, monetary: one, avg_basket_value: one, days_since_first_purchase: one };
 * const customers = customersOf(features, { ids: ["a"], asOf: "2026-01-31" });
 * resolveRules({ now: customers, before: customers }, { settings: {} }).limits?.now.origin; // "new"
 */
export function resolveRules(
  { now, before }: { readonly now: Customers; readonly before: Customers },
  options: ResolveRulesOptions,
): ResolvedRules {
  requireKnownOptions("resolve the segment rules", options, { settings: true, kept: true, refit: true });
  const { settings, kept: known, refit = false } = options;
  const kind = segmentRuleKind(settings);
  if (kind !== "fitted") {
    const rules = segmentRulesOf(settings);
    return { kind, now: rules, before: rules };
  }
  const kept = refit ? undefined : known;
  const use = (customers: Customers, otherwise: RuleOrigin): FittedRuleUse =>
    kept && kept.asOf <= customers.asOf
      ? { origin: "kept", fitted: kept }
      : { origin: otherwise, fitted: fitRulesOf(customers) };
  const limits = { now: use(now, refit ? "refitted" : kept ? "temporary" : "new"), before: use(before, "temporary") };
  const rulesOf = ({ fitted }: FittedRuleUse) => segmentRulesOf(settings, { fitted: fitted.rules });
  return { kind, now: rulesOf(limits.now), before: rulesOf(limits.before), limits };
}
