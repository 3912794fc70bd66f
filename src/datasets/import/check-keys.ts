import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { maskedValue, shownId } from "../../text/index.js";
import type { TableName } from "./contract.js";
import type { StagedTable } from "./stage-table.js";
import type { RejectedRow } from "./take-unreadable.js";

/** Options for checking the key of a table. */
export interface CheckKeysOptions {
  /** Columns of the key. If the table lacks one of them, the check is skipped. */
  readonly key: readonly string[];
  /** Returns the source file of a row, and the row in it. */
  readonly placeOf: StagedTable["placeOf"];
  readonly onError: "fail" | "drop";
  /** Accepts rows without a key; defaults to false. */
  readonly mayBeMissing?: boolean;
}

/**
 * Requires a present and unique key in every row of `staged_<table>`. With "drop", the first row of a key is kept.
 *
 * @returns Dropped rows.
 * @throws {RangeError} If a key is missing or repeated and `onError` is "fail"; gives the row and the key.
 */
export async function checkKeys(
  engine: Engine,
  table: TableName,
  { key, placeOf, onError, mayBeMissing = false }: CheckKeysOptions,
): Promise<RejectedRow[]> {
  const staged = quotedIdentifier(`staged_${table}`);
  const present = new Set((await engine.describe(`SELECT * FROM ${staged}`)).map(({ name }) => name));
  if (!key.every((column) => present.has(column))) return [];
  const columns = key.map(quotedIdentifier);
  const missing = columns.map((column) => `${column} IS NULL`).join(" OR ");
  const bad = await engine.rows(
    `SELECT source_row, concat_ws(', ', ${columns.join(", ")}) AS key, ${missing} AS missing,
       row_number() OVER (PARTITION BY ${columns.join(", ")} ORDER BY source_row) AS place FROM ${staged}
     QUALIFY ${mayBeMissing ? `NOT (${missing}) AND place > 1` : `${missing} OR place > 1`} ORDER BY source_row`,
  );
  if (!bad.length) return [];
  // A reader of the error need not know the customer.
  const shown = table === "customers" ? maskedValue : shownKey;
  const reason = (row: (typeof bad)[number]) =>
    row["missing"] ? `${key.join(", ")} is empty` : `${key.join(", ")} "${shown(String(row["key"]))}" occurred before`;
  if (onError === "fail") {
    const more = bad.length > 1 ? ` (and ${bad.length - 1} more such rows)` : "";
    const { file, row } = placeOf(Number(bad[0]["source_row"]));
    throw new RangeError(
      `Cannot import "${table}" from "${file}": row ${row}: ${reason(bad[0])}${more}; make keys unique, or keep the first row of each with --on-error drop`,
    );
  }
  await engine.run(`DELETE FROM ${staged} WHERE source_row IN (${bad.map((row) => row["source_row"]).join(", ")})`);
  return bad.map((row) => ({ table, ...placeOf(Number(row["source_row"])), reason: reason(row) }));
}

/** Shows a key of several columns, each by its own rule. */
function shownKey(key: string): string {
  return key.split(", ").map(shownId).join(", ");
}
