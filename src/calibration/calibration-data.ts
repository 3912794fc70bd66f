import { type OptionNames, requireKnownOptions } from "../errors.js";
import {
  asFloats,
  checkedWeights,
  requireBothClasses,
  requireFinite,
  requireProbabilities,
  requireRows,
} from "../numeric/index.js";

/** Options of the fits that take a weight per row. */
export interface FitOptions {
  /** Weight per row, shape (n,); a weight of 2 counts the row twice. Defaults to 1 each. */
  sampleWeight?: ArrayLike<number> | undefined;
}

/** The names of {@link FitOptions}. */
export const fitOptions: OptionNames<FitOptions> = { sampleWeight: true };

/** Checks scores and labels for `caller` and returns them as floats. */
export function calibrationData(
  caller: string,
  yScore: ArrayLike<number>,
  yTrue: ArrayLike<number>,
  options: FitOptions,
  scores: "probabilities" | "finite numbers",
) {
  requireKnownOptions(`compute ${caller}`, options, fitOptions);
  requireRows(caller, { yScore, yTrue });
  if (scores === "probabilities") requireProbabilities(caller, { yScore });
  else requireFinite(caller, { yScore });
  requireBothClasses(caller, { yTrue });
  return {
    scores: asFloats(yScore),
    labels: asFloats(yTrue),
    weights: checkedWeights(caller, options.sampleWeight, yTrue.length),
    ones: new Float64Array(yTrue.length).fill(1),
  };
}

/** Returns the probability, moved inwards by 2^-52 where its log-odds would be infinite. */
export function inside(p: number): number {
  return Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON);
}
