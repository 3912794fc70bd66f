import type { DuckDBConnection } from "@duckdb/node-api";
import type { KeptColumns } from "./engine.js";
import { quotedIdentifier } from "./quoted-identifier.js";

/** Creates a DuckDB table from columns, row by row through its appender; NaN and null become NULL. */
export async function appendColumns(connection: DuckDBConnection, name: string, columns: KeptColumns): Promise<void> {
  const entries = Object.entries(columns);
  const lengths = new Set(entries.map(([, column]) => column.length));
  if (lengths.size !== 1) {
    throw new RangeError(
      `Cannot keep "${name}": its columns have ${[...lengths].join(" and ") || "no"} rows; expected one length`,
    );
  }
  const types = entries.map(([column, values]) => `${quotedIdentifier(column)} ${typeOf(values)}`);
  await connection.run(`CREATE OR REPLACE TABLE ${quotedIdentifier(name)} (${types.join(", ")})`);
  const appender = await connection.createAppender(name);
  const appends = entries.map(([, values]) => appendTo(appender, values));
  const [length] = lengths;
  for (let i = 0; i < length; ++i) {
    for (const append of appends) append(i);
    appender.endRow();
  }
  appender.closeSync();
}

type Appender = Awaited<ReturnType<DuckDBConnection["createAppender"]>>;
type Values = KeptColumns[string];

function typeOf(values: Values): string {
  if (values instanceof Int32Array) return "INTEGER";
  if (values instanceof Float64Array) return "DOUBLE";
  return values.some((value) => typeof value === "boolean") ? "BOOLEAN" : "VARCHAR";
}

function appendTo(appender: Appender, values: Values): (row: number) => void {
  if (values instanceof Int32Array) return (i) => appender.appendInteger(values[i]);
  if (values instanceof Float64Array) {
    return (i) => (Number.isNaN(values[i]) ? appender.appendNull() : appender.appendDouble(values[i]));
  }
  return (i) => {
    const value = values[i];
    if (value === null) appender.appendNull();
    else if (typeof value === "boolean") appender.appendBoolean(value);
    else appender.appendVarchar(value);
  };
}
