import { mkdir } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { contactKey } from "../../strategy/index.js";

/** Files to copy, and how customers are named in the copies. */
export interface PseudonymousCopiesOptions {
  /** CSV and Parquet files with a column `customer_id`, relative to the folder. */
  readonly files: readonly string[];
  /** Folder of the copies, under the same names. */
  readonly into: string;
  /** Key of the contact keys. */
  readonly key: string;
}

/**
 * Copies tables with `contact_key` in the place of `customer_id`, in the order of the contact keys: the order of the ids
 * would give away some of them.
 */
export async function pseudonymousCopies(
  engine: Engine,
  folder: string,
  { files, into, key }: PseudonymousCopiesOptions,
): Promise<void> {
  for (const file of files) {
    const isParquet = extname(file) === ".parquet";
    const path = join(folder, file);
    if (isParquet) await engine.registerParquet("plain", path);
    else await engine.registerDelimited("plain", path, { delimiter: ",", header: true, encoding: "utf-8" });
    const ids = await engine.rows("SELECT DISTINCT CAST(customer_id AS VARCHAR) AS id FROM plain ORDER BY id");
    const id = ids.flatMap((row) => (row["id"] === null ? [] : [String(row["id"])]));
    await engine.keepColumns("keys_of_plain", { id, key: id.map((one) => contactKey(one, { key })) });
    const names = (await engine.describe("SELECT * FROM plain")).map(({ name }) => name);
    const kept = names.filter((name) => name !== "customer_id" && name !== "contact_key");
    const sql = `SELECT ${["k.key AS contact_key", ...kept.map((name) => `p.${quotedIdentifier(name)}`)].join(", ")}
      FROM plain AS p LEFT JOIN keys_of_plain AS k ON k.id = CAST(p.customer_id AS VARCHAR) ORDER BY ALL`;
    const copy = join(into, file);
    await mkdir(dirname(copy), { recursive: true });
    await (isParquet ? engine.writeParquet(sql, copy) : engine.writeCsv(sql, copy));
  }
  if (!files.length) return;
  await engine.run("DROP VIEW plain");
  await engine.run("DROP TABLE keys_of_plain");
}
