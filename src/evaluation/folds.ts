/** Row numbers of one split; no row is in both parts. */
export interface Fold {
  /** Ascending. */
  readonly train: Uint32Array;
  /** Ascending. */
  readonly test: Uint32Array;
}

/** Returns folds in which each row is tested once, in the fold assigned to it. */
export function foldsOf(foldOfRow: ArrayLike<number>, nFolds: number): Fold[] {
  const rows = Array.from({ length: foldOfRow.length }, (_, row) => row);
  return Array.from({ length: nFolds }, (_, fold) => ({
    train: Uint32Array.from(rows.filter((row) => foldOfRow[row] !== fold)),
    test: Uint32Array.from(rows.filter((row) => foldOfRow[row] === fold)),
  }));
}

/** Throws unless `nFolds` is a whole number from 2 to the number of things there are to divide. */
export function requireFolds(caller: string, nFolds: number, available: number, what: string): void {
  if (!(Number.isInteger(nFolds) && nFolds >= 2)) {
    throw new RangeError(`Cannot split by ${caller}: nFolds is ${nFolds}; expected an integer of at least 2`);
  }
  if (nFolds > available) {
    throw new RangeError(`Cannot split by ${caller}: ${nFolds} folds are more than ${available} ${what}; lower nFolds`);
  }
}
