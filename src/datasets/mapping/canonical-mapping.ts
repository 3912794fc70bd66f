import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Engine } from "../../engine/index.js";
import { messageOf } from "../../errors.js";
import { maskedEmails } from "../../text/index.js";
import { sourceContract, type TableName } from "../import/contract.js";
import { canonicalColumn, type Mapping, parseMapping } from "./mapping.js";
import { sourceColumns } from "./source-columns.js";

/**
 * Returns the mapping of files whose columns have canonical names, ignoring case and with spaces for underscores: one
 * file with the orders, or a folder with `orders.csv`, `customers.parquet`…
 *
 * @throws {SyntaxError} If a required column is missing: such a source needs a mapping file.
 */
export async function canonicalMapping(engine: Engine, from: string): Promise<Mapping> {
  const files = statSync(from).isDirectory() ? tableFiles(from) : [{ table: "orders" as const, path: from }];
  if (!files.some(({ table }) => table === "orders")) {
    throw new Error(
      `Cannot import "${from}": the folder has no orders.csv, orders.parquet or orders.xlsx; give a mapping with --mapping`,
    );
  }
  const tables: Partial<Record<TableName, { file: string; columns: Record<string, string> }>> = {};
  const found: string[] = [];
  for (const { table, path } of files) {
    const columns: Record<string, string> = {};
    for (const name of await sourceColumns(engine, path)) {
      found.push(name);
      const canonical = canonicalColumn(
        table,
        name
          .trim()
          .toLowerCase()
          .replace(/[\s-]+/g, "_"),
      );
      if (canonical !== undefined) columns[canonical] ??= name;
    }
    tables[table] = { file: basename(path), columns };
  }
  try {
    return parseMapping(tables);
  } catch (cause) {
    const reason = messageOf(cause).replace(/^Cannot read the mapping: /, "");
    const list = found.map((name) => `"${name}"`).join(", ");
    throw new SyntaxError(
      `Cannot import "${basename(from)}": without a mapping, by column names, ${reason}; it has ${maskedEmails(list)}; give a mapping with --mapping (docs/data-mapping.md)`,
      { cause },
    );
  }
}

function tableFiles(folder: string): { table: TableName; path: string }[] {
  const names = readdirSync(folder);
  return (Object.keys(sourceContract) as TableName[]).flatMap((table) => {
    const file = names.find((name) => new RegExp(`^${table}\\.(csv|tsv|txt|parquet|xlsx)(\\.gz)?$`, "i").test(name));
    return file ? [{ table, path: join(folder, file) }] : [];
  });
}
