import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { formatNumber } from "../../table/index.js";
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
  /** Counts rows once that repeat another in every column; defaults to false. */
  readonly mayRepeat?: boolean;
}

/**
 * Requires a present and unique key in every row of `staged_<table>`. With "drop", the first row of a key is kept; a
 * customer who opted out in any of them has opted out.
 *
 * @returns Dropped rows, and notes on what was counted once.
 * @throws {RangeError} If a key is missing or repeated and `onError` is "fail"; gives the row and the key.
 */
export async function checkKeys(
  engine: Engine,
  table: TableName,
  { key, placeOf, onError, mayBeMissing = false, mayRepeat = false }: CheckKeysOptions,
): Promise<{ readonly rejected: readonly RejectedRow[]; readonly notes: readonly string[] }> {
  const staged = quotedIdentifier(`staged_${table}`);
  const names = (await engine.describe(`SELECT * FROM ${staged}`)).map(({ name }) => name);
  if (!key.every((column) => names.includes(column))) return { rejected: [], notes: [] };
  const columns = key.map(quotedIdentifier);
  const notes = mayRepeat ? await countOnce(engine, table, names) : [];
  const missing = columns.map((column) => `${column} IS NULL`).join(" OR ");
  const bad = await engine.rows(
    `SELECT source_row, concat_ws(', ', ${columns.join(", ")}) AS key, ${missing} AS missing,
       row_number() OVER (PARTITION BY ${columns.join(", ")} ORDER BY source_row) AS place FROM ${staged}
     QUALIFY ${mayBeMissing ? `NOT (${missing}) AND place > 1` : `${missing} OR place > 1`} ORDER BY source_row`,
  );
  if (!bad.length) return { rejected: [], notes };
  // A reader of the error need not know the customer.
  const shown = table === "customers" ? maskedValue : shownKey;
  const reason = (row: (typeof bad)[number]) =>
    row["missing"]
      ? `${key.join(", ")} is empty`
      : `${key.join(", ")} "${shown(String(row["key"]))}" occurred before${mayRepeat ? " with other values" : ""}`;
  if (onError === "fail") {
    const more = bad.length > 1 ? ` (and ${bad.length - 1} more such rows)` : "";
    const { file, row } = placeOf(Number(bad[0]["source_row"]));
    throw new RangeError(
      `Cannot import "${table}" from "${file}": row ${row}: ${reason(bad[0])}${more}; make keys unique, or keep the first row of each with --on-error drop`,
    );
  }
  if (names.includes("consent_marketing")) notes.push(...(await letRefusalsCount(engine)));
  await engine.run(`DELETE FROM ${staged} WHERE source_row IN (${bad.map((row) => row["source_row"]).join(", ")})`);
  const rejected = bad.map((row) => ({ table, ...placeOf(Number(row["source_row"])), reason: reason(row) }));
  return { rejected, notes };
}

/** Removes rows that repeat an earlier one in every column, as where a file of orders names its customers. */
async function countOnce(engine: Engine, table: TableName, names: readonly string[]): Promise<string[]> {
  const staged = quotedIdentifier(`staged_${table}`);
  const same = names.filter((name) => name !== "source_row").map(quotedIdentifier);
  const first = `SELECT min(source_row) FROM ${staged} GROUP BY ${same.join(", ")}`;
  const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${staged} WHERE source_row NOT IN (${first})`);
  if (!Number(n)) return [];
  const kept = quotedIdentifier(`once_${table}`);
  await engine.run(`CREATE OR REPLACE TABLE ${kept} AS SELECT * FROM ${staged} WHERE source_row IN (${first})`);
  // A file that is read in place is a view.
  const [{ type }] = await engine.rows(
    "SELECT table_type AS type FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $name",
    { name: `staged_${table}` },
  );
  await engine.run(`DROP ${type === "VIEW" ? "VIEW" : "TABLE"} ${staged}`);
  await engine.run(`ALTER TABLE ${kept} RENAME TO ${staged}`);
  const rows = formatNumber(Number(n), { kind: "count" });
  return [
    `${table}: ${rows} ${Number(n) === 1 ? "row repeats" : "rows repeat"} an earlier one and ${Number(n) === 1 ? "counts" : "count"} once`,
  ];
}

/** Takes customers who both agreed and opted out as opted out. */
async function letRefusalsCount(engine: Engine): Promise<string[]> {
  const mixed = `SELECT customer_id FROM staged_customers GROUP BY customer_id
    HAVING min(consent_marketing) <> max(consent_marketing)`;
  const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM (${mixed}) AS t`);
  if (!Number(n)) return [];
  await engine.run(`UPDATE staged_customers SET consent_marketing = false WHERE customer_id IN (${mixed})`);
  const count = formatNumber(Number(n), { kind: "count" });
  return [`customers: ${count} both agreed to marketing and opted out: taken as opted out`];
}

/** Shows a key of several columns, each by its own rule. */
function shownKey(key: string): string {
  return key.split(", ").map(shownId).join(", ");
}
