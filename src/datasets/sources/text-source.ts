import { join } from "node:path";
import { type DelimitedOptions, type Engine, quotedIdentifier } from "../../engine/index.js";
import type { FileOptions } from "../mapping/mapping.js";
import { columnNames, firstRecord, looksLikeHeader, sniffDelimiter } from "../mapping/sniff.js";
import { csvProblem, lineProblem } from "./csv-problem.js";
import { readThrough } from "./read-through.js";
import { rewriteText } from "./rewrite-text.js";
import { requireFewColumns } from "./source-limits.js";

/** Format of a text file, detected or given by the mapping. */
export interface TextFormat {
  readonly sha256: string;
  readonly gzip: boolean;
  readonly encoding: "utf-8" | "latin-1";
  readonly delimiter: string;
  /** False if the first line is data. */
  readonly header: boolean;
  readonly columns: readonly string[];
}

/** Line with a wrong number of fields. */
export interface BrokenLine {
  /** Data row of the file, from 1. */
  readonly row: number;
  readonly reason: string;
}

/**
 * Detects the format of a text file.
 *
 * @throws {SyntaxError} If it is empty, no delimiter splits its lines, the encoding is wrong, or it has too many columns.
 */
export async function sniffText(path: string, options: FileOptions): Promise<TextFormat> {
  const { sha256, gzip, utf8, start } = await readThrough(path);
  const encoding = options.encoding ?? (utf8 ? "utf-8" : "latin-1");
  if (encoding === "utf-8" && !utf8) {
    throw new SyntaxError(`Cannot read "${path}": it is not valid UTF-8; set "encoding": "latin-1"`);
  }
  if (!start.trim()) throw new SyntaxError(`Cannot read "${path}": it has no text; export it again`);
  const delimiter = options.delimiter ?? sniffDelimiter(start) ?? (/[,;\t| ]/.test(start) ? undefined : ",");
  if (delimiter === undefined) {
    throw new SyntaxError(`Cannot read "${path}": no delimiter splits its lines evenly; set "delimiter"`);
  }
  const first = firstRecord(start, delimiter);
  requireFewColumns(path, first);
  const header = looksLikeHeader(first);
  if (!header && options.header && options.header.length !== first.length) {
    throw new SyntaxError(
      `Cannot read "${path}": its lines have ${first.length} fields, "header" names ${options.header.length}`,
    );
  }
  const names = header ? first : (options.header ?? first.map(() => ""));
  return { sha256, gzip, encoding, delimiter, header, columns: columnNames(names, ["source_row", "source_sheet"]) };
}

/** Options for converting a text file. */
export interface ReadTextOptions {
  /** Folder for a rewritten copy. */
  readonly temporaryFolder: string;
  /** Parquet file to write. */
  readonly target: string;
  readonly skipBrokenLines: boolean;
}

/**
 * Converts a text file to Parquet in file order: its columns as text, and an empty `source_sheet`.
 *
 * @returns Skipped lines; without `skipBrokenLines` the first one throws.
 * @throws {SyntaxError} If a line has a wrong number of fields; gives the line.
 */
export async function readText(
  engine: Engine,
  path: string,
  format: TextFormat,
  { temporaryFolder, target, skipBrokenLines }: ReadTextOptions,
): Promise<BrokenLine[]> {
  const copy = join(temporaryFolder, "rewritten.txt");
  const blanks = format.delimiter === "whitespace";
  const options: DelimitedOptions = {
    delimiter: blanks ? "\t" : format.delimiter,
    header: format.header,
    encoding: format.encoding,
    columns: format.columns,
    gzip: format.gzip,
    skipBrokenLines,
  };
  const asRewritten: DelimitedOptions = { ...options, encoding: "utf-8", gzip: false };
  if (blanks) {
    await rewriteText(path, copy, { ...format, line: (line) => line.trim().replace(/\s+/g, "\t") || undefined });
    return readLines(engine, copy, asRewritten, target);
  }
  try {
    return await readLines(engine, path, options, target);
  } catch (error) {
    const problem = csvProblem(error);
    if (problem !== "mixed line ends") throw new SyntaxError(`Cannot read "${path}": ${problem}`, { cause: error });
  }
  try {
    await rewriteText(path, copy, { ...format, line: (line) => line });
    return await readLines(engine, copy, asRewritten, target);
  } catch (error) {
    throw new SyntaxError(`Cannot read "${path}": ${csvProblem(error)}`, { cause: error });
  }
}

async function readLines(
  engine: Engine,
  path: string,
  options: DelimitedOptions,
  target: string,
): Promise<BrokenLine[]> {
  await engine.registerDelimited("delimited text", path, options);
  const text = quotedIdentifier("delimited text");
  await engine.writeParquet(`SELECT *, CAST(NULL AS VARCHAR) AS source_sheet FROM ${text}`, target);
  if (!options.skipBrokenLines) return [];
  const headerLines = options.header ? 1 : 0;
  return (await engine.rejectedLines(path)).map(({ line, reason }) => ({
    row: line - headerLines,
    reason: lineProblem(reason),
  }));
}
