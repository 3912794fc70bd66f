import { requireKnownOptions } from "../../errors.js";
import type { Candidate } from "../../evaluation/index.js";
import { fitLogisticRegression } from "../../models/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import type { CandidateRows } from "./candidate-rows.js";
import { type TabularOptions, tabularCandidate, tabularOptions } from "./tabular-candidate.js";

/** Options of a logistic candidate. */
export interface LogisticCandidateOptions extends TabularOptions {
  /** "signed-log1p" suits amounts and counts; missing values then are 0. Defaults to it. */
  readonly transform?: "signed-log1p" | "none";
  /** Weight of the data against the penalty; defaults to 1. */
  readonly C?: number;
}

/**
 * Makes a candidate that fits a logistic regression on the given columns. With one column it is a baseline: recency
 * only, frequency only, or the orders of the last 30 days.
 *
 * @example
 * const recencyOnly = logisticCandidate({ name: "recency", complexity: 1, features: ["recency_days"] });
 * recencyOnly.complexity; // 1
 */
export function logisticCandidate(options: LogisticCandidateOptions): Candidate<CandidateRows, ModelPackage> {
  requireKnownOptions("make a logistic candidate", options, { ...tabularOptions, transform: true, C: true });
  const { transform = "signed-log1p", C = 1, ...columns } = options;
  const prepared = { ...columns, transform: transform === "none" ? undefined : transform };
  return tabularCandidate(prepared, (X, y) => fitLogisticRegression(X, y, { C }));
}
