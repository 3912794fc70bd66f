import { defaultSettings, type TrustedDataset } from "../../src/datasets/index.js";
import type { Engine } from "../../src/engine/index.js";

type Dataset = Pick<TrustedDataset, "tables" | "settings">;

/**
 * Registers trusted tables written out by hand: a table's first row names its columns with their SQL types, each further
 * one is a row of text, empty for missing.
 */
export async function handMade(
  engine: Engine,
  tables: Readonly<Record<string, readonly string[]>>,
  settings: Partial<TrustedDataset["settings"]> = {},
): Promise<Dataset> {
  const columns: Record<string, string[]> = {};
  for (const [table, [header, ...rows]] of Object.entries(tables)) {
    const typed = header.split(" ").map((column) => column.split(":"));
    const values = rows.map(
      (row) =>
        `(${row
          .split(" ")
          .map((text) => `NULLIF('${text}', '-')`)
          .join(", ")})`,
    );
    const casts = typed.map(([name, type]) => `CAST(${name} AS ${type}) AS ${name}`);
    const names = typed.map(([name]) => name);
    await engine.run(
      `CREATE OR REPLACE VIEW ${table} AS SELECT ${casts.join(", ")} FROM (VALUES ${values.join(", ")}) AS t(${names.join(", ")})`,
    );
    columns[table] = names;
  }
  return { tables: columns, settings: { ...defaultSettings, ...settings } };
}

/** Header of hand-made orders. */
export const ordersHeader = "order_id:VARCHAR customer_id:VARCHAR ordered_on:DATE amount:DECIMAL(18,4)";
