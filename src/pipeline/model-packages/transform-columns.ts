import type { Matrix } from "../../matrix/index.js";
import { signedLog1p } from "../../segmentation/index.js";

/** Takes the signed log1p of every cell; missing values become 0. */
export function transformColumns(X: Matrix): Matrix {
  return { ...X, data: X.data.map((value) => (Number.isNaN(value) ? 0 : signedLog1p(value))) };
}
