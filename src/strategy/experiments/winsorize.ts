import { requireKnownOptions } from "../../errors.js";
import { quantile } from "../../numeric/index.js";
import { EXPERIMENT_DEFAULTS } from "./experiment-defaults.js";

/**
 * Caps the values above a quantile at it, so that few very large ones do not hide a difference of means.
 *
 * @param values Shape (n,), n ≥ 1.
 * @param options.at Share of the values that stay as they are, in (0, 1]; defaults to 0.99.
 * @returns The cut values, and the limit.
 * @throws {RangeError} If there are no values or `at` is out of range.
 *
 * @example
 * winsorize([1, 2, 3, 100], { at: 0.5 }).values; // [1, 2, 2.5, 2.5]
 */
export function winsorize(
  values: ArrayLike<number>,
  options: { readonly at?: number } = {},
): { readonly values: Float64Array; readonly limit: number } {
  requireKnownOptions("compute winsorize", options, { at: true });
  const { at = EXPERIMENT_DEFAULTS.winsorizeAt } = options;
  if (!(0 < at && at <= 1)) throw new RangeError(`Cannot winsorize: at is ${at}; expected a share in (0, 1]`);
  const limit = quantile(values, at);
  return { values: Float64Array.from(values, (value) => Math.min(value, limit)), limit };
}
