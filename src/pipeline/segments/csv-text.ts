import { csvField } from "../../csv-field.js";

/** One field of a table. */
export type Cell = string | number | boolean | null;

/**
 * A table as CSV with a header; missing numbers are empty.
 *
 * @example
 * csvText(["k", "why"], [[3, "small, stable"], [4, null]]); // 'k,why\n3,"small, stable"\n4,\n'
 */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell) =>
    value === null || (typeof value === "number" && Number.isNaN(value)) ? "" : csvField(String(value));
  return `${[header, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

/** Money and means to a hundredth of a cent, so that the last bits of sums do not show. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
