import { createRandom, shuffled } from "../numeric/index.js";
import { type Fold, foldsOf, requireFolds } from "./folds.js";

/** How rows are split at random. */
export interface FoldOptions {
  /** Defaults to 5. */
  nFolds?: number;
  /** Seeds the draw. */
  seed: number;
}

/**
 * Splits rows at random into folds whose sizes differ by one at most; each row is tested once.
 *
 * @throws {RangeError} If there are more folds than rows, or fewer than two.
 *
 * @example
 * kFold(5, { nFolds: 2, seed: 7 }).map(({ train, test }) => [train.length, test.length]); // [[2, 3], [3, 2]]
 */
export function kFold(nRows: number, { nFolds = 5, seed }: FoldOptions): Fold[] {
  requireFolds("kFold", nFolds, nRows, "rows");
  const foldOfRow = new Uint32Array(nRows);
  const order = shuffled(createRandom(seed), Uint32Array.from(foldOfRow.keys()));
  order.forEach((row, place) => {
    foldOfRow[row] = place % nFolds;
  });
  return foldsOf(foldOfRow, nFolds);
}
