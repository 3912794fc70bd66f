import { basename } from "node:path";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { type OpenSourceOptions, openSource, type Source } from "../sources/source.js";
import type { BrokenLine } from "../sources/text-source.js";

/** One of the files of a table, and its view. */
export interface OpenFile {
  readonly source: Source;
  readonly view: string;
  readonly broken: readonly BrokenLine[];
  /** Data rows of the files before it. */
  readonly offset: number;
}

/**
 * Opens the files of a table as one `view`, as `openSource` does: `source_row` counts through all of them.
 *
 * @throws {SyntaxError} If a file cannot be read, or has another header or another kind than the first.
 */
export async function openFiles(
  engine: Engine,
  paths: readonly string[],
  view: string,
  options: OpenSourceOptions,
): Promise<readonly OpenFile[]> {
  const files: OpenFile[] = [];
  let offset = 0;
  for (const [i, path] of paths.entries()) {
    const own = paths.length === 1 ? view : `${view} file ${i + 1}`;
    const opened = await openSource(engine, path, own, options);
    if (files.length) requireAlike(opened.source, files[0].source);
    files.push({ ...opened, view: own, offset });
    if (paths.length > 1) offset += (await countRows(engine, own)) + opened.broken.length;
  }
  if (files.length > 1) {
    const all = files.map(
      (file) =>
        `SELECT source_row + ${file.offset} AS source_row, * EXCLUDE (source_row) FROM ${quotedIdentifier(file.view)}`,
    );
    await engine.run(`CREATE OR REPLACE VIEW ${quotedIdentifier(view)} AS ${all.join(" UNION ALL ")}`);
  }
  return files;
}

/** Returns the file of a row of all files, and the row in it. */
export function placeOf(
  files: readonly Pick<OpenFile, "source" | "offset">[],
  row: number,
): { file: string; row: number } {
  const { source, offset } = files.findLast((file) => file.offset < row) ?? files[0];
  return { file: basename(source.file), row: row - offset };
}

function requireAlike(source: Source, first: Source): void {
  const refuse = (what: string) =>
    new SyntaxError(`Cannot read "${source.file}" with "${first.file}": ${what}; import files of one form together`);
  if (source.kind !== first.kind) throw refuse(`one is ${source.kind}, the other ${first.kind}`);
  const differs = source.columns.findIndex((name, i) => name !== first.columns[i]);
  if (differs >= 0 || source.columns.length !== first.columns.length) {
    const at = differs >= 0 ? differs : source.columns.length;
    const name = (columns: readonly string[]) => (columns[at] === undefined ? "missing" : `"${columns[at]}"`);
    throw refuse(`their headers differ, column ${at + 1} is ${name(source.columns)}, not ${name(first.columns)}`);
  }
}

async function countRows(engine: Engine, view: string): Promise<number> {
  const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${quotedIdentifier(view)}`);
  return Number(n);
}
