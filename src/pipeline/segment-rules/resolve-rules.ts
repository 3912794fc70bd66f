import type { SegmentSettings } from "../../datasets/index.js";
import {
  type Customers,
  type FittedSegmentRules,
  fitRulesOf,
  type SegmentRule,
  type SegmentRuleKind,
  segmentRuleKind,
  segmentRulesOf,
} from "../../segmentation/index.js";
import { readSegmentRules, writeSegmentRules } from "../artifacts/segment-rules-file.js";

/**
 * Origin of fitted limits: "new" where none were kept, "refitted" on request, "kept" from the file, "own" where the
 * kept ones are of a later day and so those of this day serve this run only.
 */
export type RuleOrigin = "new" | "refitted" | "kept" | "own";

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

/** Customers of two days, and how their rules are chosen. */
export interface ResolveRulesOptions {
  readonly settings: SegmentSettings;
  /** Path of the file that keeps fitted limits. */
  readonly path: string;
  /** Fits new limits although there are kept ones; defaults to false. */
  readonly refit?: boolean;
}

/**
 * Chooses the segment rules of a day and of an earlier one. Fitted limits that are kept count from their day on: for an
 * earlier day they are fitted to the customers of that day.
 *
 * @throws {SyntaxError} If the file of kept limits cannot be read.
 */
export async function resolveRules(
  { now, before }: { readonly now: Customers; readonly before: Customers },
  { settings, path, refit = false }: ResolveRulesOptions,
): Promise<ResolvedRules> {
  const kind = segmentRuleKind(settings);
  if (kind !== "fitted") {
    const rules = segmentRulesOf(settings);
    return { kind, now: rules, before: rules };
  }
  const kept = refit ? undefined : await readSegmentRules(path);
  const use = (customers: Customers, otherwise: RuleOrigin): FittedRuleUse =>
    kept && kept.asOf <= customers.asOf
      ? { origin: "kept", fitted: kept }
      : { origin: otherwise, fitted: fitRulesOf(customers) };
  const limits = { now: use(now, refit ? "refitted" : kept ? "own" : "new"), before: use(before, "own") };
  const rulesOf = ({ fitted }: FittedRuleUse) => segmentRulesOf(settings, { fitted: fitted.rules });
  return { kind, now: rulesOf(limits.now), before: rulesOf(limits.before), limits };
}

/** Keeps limits that were fitted for the first time or on request. */
export async function keepRules({ limits }: ResolvedRules, path: string): Promise<void> {
  if (limits?.now.origin === "new" || limits?.now.origin === "refitted") {
    await writeSegmentRules(path, limits.now.fitted);
  }
}
