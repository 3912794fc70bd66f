import { join } from "node:path";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import type { TrustedQuery } from "./trusted-tables.js";

/** Written trusted table. */
export interface TrustedTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
}

/** Writes trusted tables as sorted Parquet files into `folder` and registers them in the engine. */
export async function writeTables(
  engine: Engine,
  tables: readonly TrustedQuery[],
  folder: string,
): Promise<TrustedTable[]> {
  const pathOf = (name: string) => join(folder, `${name}.parquet`);
  for (const { name, sql, order } of tables) await engine.writeParquet(`${sql} ORDER BY ${order}`, pathOf(name));
  // Register after writing all: until then, raw tables of the same name are still read.
  const written: TrustedTable[] = [];
  for (const { name } of tables) {
    await engine.registerParquet(name, pathOf(name));
    const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${quotedIdentifier(name)}`);
    const columns = await engine.describe(`SELECT * FROM ${quotedIdentifier(name)}`);
    written.push({ name, rows: Number(n), columns: columns.map((column) => column.name) });
  }
  return written;
}
