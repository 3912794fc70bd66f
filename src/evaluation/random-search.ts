import { requireKnownOptions } from "../errors.js";
import { createRandom, integer, type Random, requireInteger } from "../numeric/index.js";
import { type Evaluate, type SearchOptions, type SearchResult, searchOptions, searchTrials } from "./search-trials.js";

/** A sampler for each parameter, by its name. */
export type SearchSpace = Readonly<Record<string, (random: Random) => unknown>>;

/** One drawn value per parameter. */
export type DrawnPoint<S extends SearchSpace> = { readonly [name in keyof S]: ReturnType<S[name]> };

/**
 * Draws one of the values, each equally likely.
 *
 * @example
 * oneOf(["a"])(createRandom(7)); // "a"
 */
export function oneOf<const T>(values: readonly T[]): (random: Random) => T {
  return (random) => values[integer(random, values.length)];
}

/**
 * Draws a number from [low, high).
 *
 * @example
 * const share = between(0.5, 1)(createRandom(7));
 * 0.5 <= share && share < 1; // true
 */
export function between(low: number, high: number): (random: Random) => number {
  return (random) => low + (high - low) * random.uniform();
}

/**
 * Draws a number from [low, high) so that each factor of ten is equally likely; both above 0.
 *
 * @example
 * const rate = logBetween(0.001, 1)(createRandom(7));
 * 0.001 <= rate && rate < 1; // true
 */
export function logBetween(low: number, high: number): (random: Random) => number {
  return (random) => low * (high / low) ** random.uniform();
}

/**
 * Tries `nTrials` drawn settings on every fold. Draws of one parameter do not depend on which others there are.
 *
 * @throws {RangeError} If `nTrials` is not a whole number of at least 1, there are no folds, or a score is not finite.
 *
 * @example
 * await randomSearch({ maxDepth: oneOf([3, 5, 7]), learningRate: logBetween(0.01, 0.3) }, evaluate, {
 *   nTrials: 20,
 *   seed: 7,
 *   folds,
 *   direction: "minimize",
 * });
 */
export async function randomSearch<S extends SearchSpace>(
  space: S,
  evaluate: Evaluate<DrawnPoint<S>>,
  options: SearchOptions<DrawnPoint<S>> & { nTrials: number; seed: number },
): Promise<SearchResult<DrawnPoint<S>>> {
  requireKnownOptions("search by randomSearch", options, { ...searchOptions, nTrials: true, seed: true });
  const { nTrials, seed, ...search } = options;
  requireInteger("randomSearch", "nTrials", nTrials, 1);
  const random = createRandom(seed);
  const sources = Object.entries(space).map(([name, draw]) => ({ name, draw, own: random.fork(name) }));
  const points = Array.from({ length: nTrials }, () =>
    Object.fromEntries(sources.map(({ name, draw, own }) => [name, draw(own)])),
  );
  return searchTrials("randomSearch", points as DrawnPoint<S>[], evaluate, search);
}
