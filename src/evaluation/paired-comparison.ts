import { type BootstrapInterval, type BootstrapOptions, bootstrapWithValues } from "./bootstrap-interval.js";
import type { NamedColumns, TakenColumns } from "./resample.js";

/** Two models on the same rows. */
export interface PairedComparison {
  /** The first model's metric. */
  readonly first: number;
  /** The second model's metric. */
  readonly second: number;
  /** `second - first`, with its interval. */
  readonly difference: BootstrapInterval;
  /** Share of the resamples in which the second is the larger, ties counting half. */
  readonly shareSecondLarger: number;
}

/**
 * Compares one metric of two models on the same drawn rows, so that what both find hard cancels out.
 *
 * @param columns Equally long columns by name, such as the truth and the scores of both models.
 * @param metrics The metric of the first and of the second model.
 * @throws {RangeError} As `bootstrapInterval` does.
 *
 * @example
 * pairedComparison(
 *   { yTrue, old, new: scores },
 *   [(c) => rocAucScore(c.yTrue, c.old), (c) => rocAucScore(c.yTrue, c.new)],
 *   { seed: 7 },
 * );
 */
export function pairedComparison<C extends NamedColumns>(
  columns: C,
  [first, second]: readonly [(columns: TakenColumns<C>) => number, (columns: TakenColumns<C>) => number],
  options: BootstrapOptions,
): PairedComparison {
  const gap = (taken: TakenColumns<C>) => second(taken) - first(taken);
  const { interval: difference, resampled } = bootstrapWithValues(columns, gap, options);
  let larger = 0;
  for (const each of resampled) larger += each > 0 ? 1 : each === 0 ? 0.5 : 0;
  const all = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, Float64Array.from(column)]));
  return {
    first: first(all as TakenColumns<C>),
    second: second(all as TakenColumns<C>),
    difference,
    shareSecondLarger: larger / resampled.length,
  };
}
