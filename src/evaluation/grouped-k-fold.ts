import { createRandom, shuffled } from "../numeric/index.js";
import { type FoldOptions, foldOptionsFrom } from "./fold-options.js";
import { type Fold, foldsOf, requireFolds } from "./folds.js";

/**
 * Splits rows so that all rows of a group, such as a customer seen at several dates, lie in one fold. Large groups
 * are placed first, each into the smallest fold; equal ones in random order.
 *
 * @param groups Names the group of each row, shape (n,).
 * @throws {RangeError} If there are fewer groups than folds.
 *
 * @example
 * groupedKFold(["ann", "ann", "ben", "eve"], { nFolds: 3, seed: 7 }).map(({ test }) => test.length); // [2, 1, 1]
 */
export function groupedKFold(groups: ArrayLike<string | number>, options: FoldOptions): Fold[] {
  const { nFolds, seed } = foldOptionsFrom("groupedKFold", options);
  const sizes = new Map<string | number, number>();
  for (let row = 0; row < groups.length; ++row) sizes.set(groups[row], (sizes.get(groups[row]) ?? 0) + 1);
  requireFolds("groupedKFold", nFolds, sizes.size, "groups");
  const order = shuffled(createRandom(seed), [...sizes.keys()]).sort((a, b) => sizes.get(b)! - sizes.get(a)!);
  const filled = new Float64Array(nFolds);
  const foldOfGroup = new Map<string | number, number>();
  for (const group of order) {
    const smallest = filled.indexOf(Math.min(...filled));
    filled[smallest] += sizes.get(group)!;
    foldOfGroup.set(group, smallest);
  }
  return foldsOf(
    Array.from(groups, (group) => foldOfGroup.get(group)!),
    nFolds,
  );
}
