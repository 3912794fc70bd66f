import { DEFAULT_CONVENTIONS } from "./conventions.js";
import { inferColumn } from "./infer-column.js";
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
  const shown = Math.min(nRows, MAX_ROWS);
  const inferred = names.slice(0, MAX_COLUMNS).map((name) =>
    inferColumn(
      name,
      Array.from({ length: shown }, (_, row) => read(name, row)),
    ),
  );
  const table = {
    columns: inferred.map(({ column }) => column),
    rows: Array.from({ length: shown }, (_, row) => inferred.map(({ values }) => values[row])),
  };
  const more = { rows: nRows - shown, columns: names.length - inferred.length };
  return tableBundle(table, { ...DEFAULT_CONVENTIONS, more });
}

/** Returns true if {@link valuesBundle} renders a value. */
export function looksLikeTable(value: unknown): boolean {
  return isArqueroTable(value) || isRecords(value);
}
