import type { Contributions, FeatureImportance } from "./boosted-model.js";

/**
 * Returns the mean absolute SHAP value of each column, the largest first.
 *
 * @example
 * const baseline = Float64Array.of(0, 0);
 * meanAbsoluteContributions({ nRows: 2, nCols: 1, data: Float64Array.of(-1, 3), columnNames: ["frequency"], baseline });
 * // [{ feature: "frequency", importance: 2 }]
 */
export function meanAbsoluteContributions({
  nRows,
  nCols,
  data,
  columnNames = [],
}: Contributions): FeatureImportance[] {
  const sums = new Float64Array(nCols);
  for (let i = 0; i < nRows; ++i) for (let j = 0; j < nCols; ++j) sums[j] += Math.abs(data[i * nCols + j]);
  return Array.from(sums, (sum, j) => ({ feature: columnNames[j] ?? `x${j}`, importance: sum / nRows })).sort(
    (a, b) => b.importance - a.importance,
  );
}
