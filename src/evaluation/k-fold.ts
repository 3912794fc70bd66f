import { createRandom, shuffled } from "../numeric/index.js";
import { type FoldOptions, foldOptionsFrom } from "./fold-options.js";
import { type Fold, foldsOf, requireFolds } from "./folds.js";

/**
 * Splits rows at random into folds whose sizes differ by one at most; each row is tested once.
 *
 * @throws {RangeError} If there are more folds than rows, or fewer than two.
 *
 * @example
 * kFold(5, { nFolds: 2, seed: 7 }).map(({ train, test }) => [train.length, test.length]); // [[2, 3], [3, 2]]
 */
export function kFold(nRows: number, options: FoldOptions): Fold[] {
  const { nFolds, seed } = foldOptionsFrom("kFold", options);
  requireFolds("kFold", nFolds, nRows, "rows");
  const foldOfRow = new Uint32Array(nRows);
  const order = shuffled(createRandom(seed), Uint32Array.from(foldOfRow.keys()));
  order.forEach((row, place) => {
    foldOfRow[row] = place % nFolds;
  });
  return foldsOf(foldOfRow, nFolds);
}
