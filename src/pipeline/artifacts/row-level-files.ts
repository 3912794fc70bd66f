import { createReadStream } from "node:fs";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Engine } from "../../engine/index.js";
import { parseDelimited } from "../../text/index.js";

/** Columns that say which customer a row is about. */
const CUSTOMER_COLUMNS: readonly string[] = ["customer_id", "contact_key"];

/**
 * Finds the files of an artifact that have a row per customer, with ids or pseudonyms.
 *
 * @param files Relative to the folder.
 */
export async function rowLevelFiles(engine: Engine, folder: string, files: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of files) {
    const columns = await columnsOf(engine, join(folder, file));
    if (columns.some((name) => CUSTOMER_COLUMNS.includes(name))) found.push(file);
  }
  return found;
}

/** Names of the columns of a table file; none for other files. */
async function columnsOf(engine: Engine, path: string): Promise<readonly string[]> {
  if (extname(path) === ".parquet") {
    await engine.registerParquet("written", path);
    return (await engine.describe("SELECT * FROM written")).map(({ name }) => name);
  }
  return extname(path) === ".csv" ? headerOf(path) : [];
}

async function headerOf(path: string): Promise<readonly string[]> {
  const stream = createReadStream(path, "utf8");
  try {
    for await (const line of createInterface({ input: stream })) return parseDelimited(line, { what: path }).header;
    return [];
  } finally {
    stream.destroy();
  }
}
