import { requireKnownOptions } from "../errors.js";
import { type Random, shuffled } from "../numeric/index.js";

/** Rows of a cluster that a draw holds at least, if the cluster has them: small clusters are not lost. */
const LEAST_PER_CLUSTER = 50;

/** Rows of which all pairs are compared at most, unless somebody asks for another number. */
export const MAX_COMPARED = 10_000;

/**
 * A random part of each cluster's rows, in proportion to its size but never fewer than 50; clusters with no more are
 * taken whole, in their order.
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
