import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../engine/index.js";
import { withTemporaryFolder } from "../../storage/index.js";
import { fileKind, hiddenColumns } from "../sources/source.js";
import { sniffText } from "../sources/text-source.js";
import { workbookHeader } from "../sources/workbook.js";
import { zippedFile } from "../sources/zipped-file.js";

/**
 * Returns the column names of a file without importing it.
 *
 * @throws {SyntaxError} If the file cannot be read.
 */
export async function sourceColumns(engine: Engine, path: string): Promise<readonly string[]> {
  const { kind } = await fileKind(path);
  if (kind === "text") return (await sniffText(path, {})).columns;
  if (kind === "zip") {
    return withTemporaryFolder(join(tmpdir(), "rekindle-columns"), async (folder) => {
      const zipped = await zippedFile(path, folder);
      return zipped === undefined ? workbookHeader(path) : sourceColumns(engine, zipped);
    });
  }
  await engine.registerParquet("columns of a file", path);
  const columns = await engine.describe('SELECT * FROM "columns of a file"');
  return columns.map(({ name }) => name).filter((name) => !hiddenColumns.includes(name));
}
