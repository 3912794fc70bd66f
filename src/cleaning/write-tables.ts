import { join } from "node:path";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import type { TrustedQuery } from "./trusted-tables.js";

/** A trusted table as it was written. */
export interface TrustedTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
}

/** Writes trusted tables as Parquet into `folder`, each in its order, and makes them readable in the engine. */
export async function writeTables(
  engine: Engine,
  tables: readonly TrustedQuery[],
  folder: string,
): Promise<TrustedTable[]> {
  const pathOf = (name: string) => join(folder, `${name}.parquet`);
  for (const { name, sql, order } of tables) await engine.writeParquet(`${sql} ORDER BY ${order}`, pathOf(name));
  // Not before all are written: a raw table of the same name is still read until then.
  const written: TrustedTable[] = [];
  for (const { name } of tables) {
    await engine.registerParquet(name, pathOf(name));
    const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${quotedIdentifier(name)}`);
    const columns = await engine.describe(`SELECT * FROM ${quotedIdentifier(name)}`);
    written.push({ name, rows: Number(n), columns: columns.map((column) => column.name) });
  }
  return written;
}
