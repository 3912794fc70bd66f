import { requireKnownOptions } from "../../errors.js";
import type { Candidate } from "../../evaluation/index.js";
import { columnOf } from "../../matrix/index.js";
import { mean } from "../../numeric/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import { packageColumn } from "../model-packages/package-column.js";
import type { CandidateRows } from "./candidate-rows.js";
import { type CandidateOptions, candidateOptions } from "./tabular-candidate.js";

/**
 * Predicts a column times a factor, such as the spend of the last 30 days times 3 for the next 90.
 *
 * @example
 * const lastDays = columnCandidate({ name: "last 30 days", complexity: 0, column: "spend_30d", factor: 3 });
 * lastDays.name; // "last 30 days"
 */
export function columnCandidate(
  options: CandidateOptions & { readonly column: string; readonly factor?: number },
): Candidate<CandidateRows, ModelPackage> {
  requireKnownOptions("make a column candidate", options, { ...candidateOptions, column: true, factor: true });
  const { name, complexity, column, factor = 1 } = options;
  return {
    name,
    complexity,
    fit: () => ({
      predict: ({ X }) => columnOf(X, column).map((value) => factor * value),
      package: () => packageColumn({ kind: "column", column, factor }),
    }),
  };
}

/** Predicts the mean label of the training rows for everybody. */
export function meanCandidate(options: CandidateOptions): Candidate<CandidateRows> {
  requireKnownOptions("make a mean candidate", options, candidateOptions);
  const { name, complexity } = options;
  return {
    name,
    complexity,
    fit({ y }) {
      const level = mean(y);
      return { predict: (rows) => new Float64Array(rows.y.length).fill(level) };
    },
  };
}
