import { createRandom, requireFinite, shuffled } from "../numeric/index.js";
import { type FoldOptions, foldOptionsFrom } from "./fold-options.js";
import { type Fold, foldsOf, requireFolds } from "./folds.js";

/**
 * Splits rows at random into folds that hold the same share of every class, and whose sizes differ by one at most.
 *
 * @param yTrue A number per row that names its class, shape (n,).
 * @throws {RangeError} If a class has fewer rows than there are folds, or a label is not finite.
 *
 * @example
 * stratifiedKFold([1, 1, 0, 0, 0, 0], { nFolds: 2, seed: 7 }).map(({ test }) => test.length); // [3, 3]
 */
export function stratifiedKFold(yTrue: ArrayLike<number>, options: FoldOptions): Fold[] {
  const { nFolds, seed } = foldOptionsFrom("stratifiedKFold", options);
  requireFinite("stratifiedKFold", { yTrue });
  requireFolds("stratifiedKFold", nFolds, yTrue.length, "rows");
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < yTrue.length; ++row) {
    const rows = rowsOf.get(yTrue[row]);
    if (rows) rows.push(row);
    else rowsOf.set(yTrue[row], [row]);
  }
  const random = createRandom(seed);
  const foldOfRow = new Uint32Array(yTrue.length);
  let place = 0; // runs on from class to class, so that the folds stay equally large
  for (const label of [...rowsOf.keys()].sort((a, b) => a - b)) {
    const rows = rowsOf.get(label)!;
    requireFolds("stratifiedKFold", nFolds, rows.length, `rows of class ${label}`);
    for (const row of shuffled(random.fork(label), rows)) foldOfRow[row] = place++ % nFolds;
  }
  return foldsOf(foldOfRow, nFolds);
}
