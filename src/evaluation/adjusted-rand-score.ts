import { requireFinite, requireRows } from "../numeric/index.js";

/**
 * Returns the adjusted Rand index, the agreement of two clusterings beyond chance (Hubert & Arabie 1985). 1 is the same
 * clustering under any names, 0 is chance.
 *
 * @throws {RangeError} If the lengths differ or a label is not finite.
 *
 * @example
 * adjustedRandScore([0, 0, 1, 1], [5, 5, 3, 3]); // 1
 */
export function adjustedRandScore(labelsA: ArrayLike<number>, labelsB: ArrayLike<number>): number {
  requireRows("adjustedRandScore", { labelsA, labelsB });
  requireFinite("adjustedRandScore", { labelsA, labelsB });
  const n = labelsA.length;
  const sizesA = new Map<number, number>();
  const sizesB = new Map<number, number>();
  const cells = new Map<number, Map<number, number>>();
  for (let i = 0; i < n; ++i) {
    count(sizesA, labelsA[i]);
    count(sizesB, labelsB[i]);
    const row = cells.get(labelsA[i]) ?? new Map<number, number>();
    cells.set(labelsA[i], row);
    count(row, labelsB[i]);
  }
  const together = [...cells.values()].reduce((sum, row) => sum + nPairs(row), 0);
  const pairsA = nPairs(sizesA);
  const pairsB = nPairs(sizesB);
  const expected = n > 1 ? (pairsA / (n * (n - 1))) * pairsB * 2 : 0;
  const most = (pairsA + pairsB) / 2;
  // Both put every row alone, or all rows together: they agree.
  return most === expected ? 1 : (together - expected) / (most - expected);
}

function count(counts: Map<number, number>, label: number): void {
  counts.set(label, (counts.get(label) ?? 0) + 1);
}

function nPairs(counts: Map<number, number>): number {
  let pairs = 0;
  for (const size of counts.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}
