import { argsort } from "../../numeric/index.js";

/**
 * Returns the mean rank of each group's values among all values, as a share: 0 for the lowest value, 1 for the highest, 0.5
 * for an average group. Ties share the mean of their ranks; missing values have no rank.
 *
 * @param groups Group per value, from 0 to `nGroups` - 1, shape (n,); values of other groups are ranked only.
 * @returns Mean rank by group; NaN for a group without values.
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
