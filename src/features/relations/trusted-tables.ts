import { join } from "node:path";
import { sourceContract, type TrustedDataset } from "../../datasets/index.js";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import type { Relations } from "./relations.js";
import { shuffledFuture } from "./shuffled-future.js";

/** Returns the full name of a trusted table among the relations that feature SQL may not read. */
export function trustedName(relations: Relations, table: string): string {
  return relations.keptName(`trusted_${table}`);
}

/**
 * Creates views of a dataset's trusted tables: of its files, or where it has no folder of the engine's own relations.
 *
 * @param options.shuffledAfter Shuffles everything after this day, to see who reads it.
 */
export async function createTrustedTables(
  engine: Engine,
  relations: Relations,
  { tables, folder }: Pick<TrustedDataset, "tables" | "folder">,
  { shuffledAfter }: { readonly shuffledAfter?: string },
): Promise<void> {
  const names = Object.keys(tables).filter((table) => table in sourceContract);
  const source = shuffledAfter === undefined ? "trusted" : "true";
  const [{ schema }] = await engine.rows("SELECT current_schema() AS schema");
  for (const table of names) {
    const name = `${source}_${table}`;
    if (folder !== undefined) await relations.engine.registerParquet(name, join(folder, `${table}.parquet`));
    else {
      const from = `${quotedIdentifier(String(schema))}.${quotedIdentifier(table)}`;
      await relations.engine.run(`CREATE VIEW ${relations.keptName(name)} AS SELECT * FROM ${from}`);
    }
  }
  if (shuffledAfter === undefined) return;
  const trueName = (table: string) => relations.keptName(`true_${table}`);
  for (const table of names) {
    const rows = shuffledFuture(table, tables[table], { after: shuffledAfter, nameOf: trueName });
    // Kept, since a view would shuffle again for every reader.
    const kind = rows ? "TABLE" : "VIEW";
    await relations.engine.run(
      `CREATE ${kind} ${trustedName(relations, table)} AS ${rows ?? `SELECT * FROM ${trueName(table)}`}`,
    );
  }
}
