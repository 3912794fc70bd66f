import { type Evaluate, type SearchOptions, type SearchResult, searchTrials } from "./search-trials.js";

/** Values to try, by the name of the parameter. */
export type Grid = Readonly<Record<string, readonly unknown[]>>;

/** One value per parameter of the grid. */
export type GridPoint<G extends Grid> = { readonly [name in keyof G]: G[name][number] };

/**
 * Tries every combination of the grid's values on every fold; the last parameter varies fastest.
 *
 * @throws {RangeError} If a parameter has no values, there are no folds, or a score is not finite.
 *
 * @example
 * await gridSearch({ maxDepth: [3, 5], learningRate: [0.03, 0.1] }, (params, { train, test }) => fitAndScore(params, train, test), {
 *   folds: kFold(nRows, { seed: 7 }),
 *   direction: "maximize",
 * });
 */
export function gridSearch<const G extends Grid>(
  grid: G,
  evaluate: Evaluate<GridPoint<G>>,
  options: SearchOptions<GridPoint<G>>,
): Promise<SearchResult<GridPoint<G>>> {
  let points: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(grid)) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  }
  return searchTrials("gridSearch", points as GridPoint<G>[], evaluate, options);
}
