export { columnOf } from "./column-of.js";
export type { Matrix } from "./matrix.js";
export { matrixFromColumns } from "./matrix-from-columns.js";
export { matrixFromRows } from "./matrix-from-rows.js";
export { matrixFromTable, type TableOfColumns } from "./matrix-from-table.js";
export { takeRows } from "./take-rows.js";
export { takeValues } from "./take-values.js";
