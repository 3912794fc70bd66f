import { DEFAULT_CONVENTIONS } from "./conventions.js";
import { tableOf } from "./infer-table.js";
import type { MimeBundle } from "./jupyter-display.js";
import { isArqueroTable, isRecords, readArquero, readRecords } from "./rectangle.js";
import { MAX_COLUMNS, MAX_ROWS, tableBundle } from "./table-bundle.js";

/**
 * Renders table-like values for a notebook, as {@link tableBundle} does: an arquero table in its order and filter, or
 * an array of plain records. Column formats are inferred. Undefined for anything else.
 *
 * @example
 * valuesBundle([{ year: 2011, share: 0.25 }])?.["text/plain"]; // "year  share\n2011   0.25"
 */
export function valuesBundle(value: unknown): MimeBundle | undefined {
  const rectangle = isArqueroTable(value)
    ? readArquero(value)
    : isRecords(value)
      ? readRecords(value, MAX_ROWS)
      : undefined;
  if (!rectangle) return undefined;
  const { names, nRows, read } = rectangle;
  const shown = { names: names.slice(0, MAX_COLUMNS), nRows: Math.min(nRows, MAX_ROWS), read };
  const more = { rows: nRows - shown.nRows, columns: names.length - shown.names.length };
  return tableBundle(tableOf(shown), { ...DEFAULT_CONVENTIONS, more });
}

/** Returns true if {@link valuesBundle} renders a value. */
export function looksLikeTable(value: unknown): boolean {
  return isArqueroTable(value) || isRecords(value);
}
