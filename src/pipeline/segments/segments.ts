import type { Cohort } from "../../features/index.js";
import type { AppliedStrategy } from "../../strategy/index.js";
import type { Conventions } from "../../table/index.js";
import type { ResolvedRules } from "../segment-rules/resolve-rules.js";
import type { DescribedSegments } from "./describe-segments.js";

/** What the segments say, and what became of the lists. */
export interface Segments extends DescribedSegments {
  /** Customers excluded from the lists without consent. */
  readonly withoutConsent: number;
  /** Of those who ordered first in one month, how many came back. */
  readonly cohorts: readonly Cohort[];
  /** What is done with each rule segment, most urgent first, and the budget for it. */
  readonly strategies: Readonly<Record<string, AppliedStrategy>>;
  /** The rules that were applied. */
  readonly rules: ResolvedRules;
  /** How its numbers are written. */
  readonly conventions: Conventions;
}
