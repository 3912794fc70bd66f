import { createReadStream } from "node:fs";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Engine } from "../../engine/index.js";
import { parseDelimited } from "../../text/index.js";

/** A file with a row per customer. */
export interface RowLevelFile {
  /** Relative to the folder. */
  readonly file: string;
  /** True if it has the ids of the customers, false if only pseudonyms. */
  readonly hasIds: boolean;
}

/**
 * Finds the files of an artifact that have a row per customer, with ids or pseudonyms.
 *
 * @param files Relative to the folder.
 */
export async function rowLevelFiles(engine: Engine, folder: string, files: readonly string[]): Promise<RowLevelFile[]> {
  const found: RowLevelFile[] = [];
  for (const file of files) {
    const columns = await columnsOf(engine, join(folder, file));
    const hasIds = columns.includes("customer_id");
    if (hasIds || columns.includes("contact_key")) found.push({ file, hasIds });
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
