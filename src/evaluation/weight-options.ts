import { type OptionNames, requireKnownOptions } from "../errors.js";
import { checkedWeights } from "../numeric/index.js";

/** Options of the metrics that take a weight per row. */
export interface WeightOptions {
  /** Weight per row, shape (n,); a weight of 2 counts the row twice. Defaults to 1 each. */
  sampleWeight?: ArrayLike<number> | undefined;
}

/** The names of {@link WeightOptions}. */
export const weightOptions: OptionNames<WeightOptions> = { sampleWeight: true };

/** Returns the weights as floats, or undefined where none were given, after checking the options of `caller`. */
export function weightsFrom(caller: string, options: WeightOptions, nRows: number): Float64Array | undefined {
  requireKnownOptions(`compute ${caller}`, options, weightOptions);
  return checkedWeights(caller, options.sampleWeight, nRows);
}
