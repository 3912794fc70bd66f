import { argsort } from "../../numeric/index.js";

/**
 * Mean rank of each group's values among all, as a share: 0 for a group that has the lowest value alone, 1 for one that
 * has the highest, 0.5 for one that is like all. Ties share the mean of their ranks; missing values have none.
 *
 * @param groups Group per value, from 0 to `nGroups` - 1; others are ranked, and in no group, shape (n,).
 * @returns By group; NaN where no value is known.
 *
 * @example
 * meanRanks([1, 2, 3], [0, 0, 1], 2); // [0.25, 1]
 */
export function meanRanks(values: ArrayLike<number>, groups: ArrayLike<number>, nGroups: number): number[] {
  const known = Array.from({ length: values.length }, (_, i) => i).filter((i) => !Number.isNaN(values[i]));
  const order = Array.from(argsort(Float64Array.from(known, (i) => values[i])), (place) => known[place]);
  const sums = new Float64Array(nGroups);
  const counts = new Float64Array(nGroups);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]] === values[order[first]]) ++end;
    const rank = order.length > 1 ? (first + end - 1) / 2 / (order.length - 1) : 0.5;
    for (; first < end; ++first) {
      const group = groups[order[first]];
      if (!(group >= 0 && group < nGroups)) continue;
      sums[group] += rank;
      counts[group] += 1;
    }
  }
  return Array.from(sums, (sum, group) => sum / counts[group]);
}
