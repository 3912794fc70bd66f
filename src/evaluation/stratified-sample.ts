import { requireKnownOptions } from "../errors.js";
import { type Random, shuffled } from "../numeric/index.js";

/** Minimum number of rows per cluster in a sample, so that small clusters are represented. */
const LEAST_PER_CLUSTER = 50;

/** Default maximum number of rows of which all pairs are compared. */
export const MAX_COMPARED = 10_000;

/**
 * Draws a random sample of each cluster in proportion to its size, but at least 50 rows; smaller clusters are taken
 * whole, in order.
 *
 * @param members Rows by cluster.
 * @param options.most Rows wanted of all together.
 * @returns Rows by cluster, as drawn.
 *
 * @example
 * stratifiedSample([[4, 7], [5]], { most: 2, random: createRandom(7) }); // [[4, 7], [5]]
 */
export function stratifiedSample(
  members: readonly (readonly number[])[],
  options: { readonly most: number; readonly random: Random },
): (readonly number[])[] {
  requireKnownOptions("draw a stratifiedSample", options, { most: true, random: true });
  const { most, random } = options;
  const nRows = members.reduce((total, { length }) => total + length, 0);
  return members.map((own, cluster) => {
    const wanted = Math.max(LEAST_PER_CLUSTER, Math.round((most * own.length) / nRows));
    return own.length <= wanted ? own : shuffled(random.fork(cluster), own).slice(0, wanted);
  });
}
