import { join } from "node:path";
import { type DelimitedOptions, type Engine, quotedIdentifier } from "../../engine/index.js";
import type { FileOptions } from "../mapping/mapping.js";
import { columnNames } from "../mapping/sniff.js";
import { csvProblem, lineProblem } from "./csv-problem.js";
import { readThrough } from "./read-through.js";
import { rewriteText } from "./rewrite-text.js";
import { limitsOf, requireFewColumns } from "./source-limits.js";
import { textLayout } from "./text-layout.js";

/** Format of a text file, detected or given by the mapping. */
export interface TextFormat {
  readonly sha256: string;
  readonly gzip: boolean;
  readonly encoding: string;
  /** Lines before the header or the first record. */
  readonly skip: number;
  readonly delimiter: string;
  /** Character before a quote within quotes. */
  readonly escape: string;
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
export async function sniffText(
  path: string,
  options: FileOptions & { readonly names?: readonly string[] },
): Promise<TextFormat> {
  const limits = limitsOf(options);
  const { sha256, gzip, encoding, start } = await readThrough(path, {
    encoding: options.encoding,
    lineBytes: limits.line_bytes,
  });
  if (!start.trim()) throw new SyntaxError(`Cannot read "${path}": it has no text; export it again`);
  const layout = textLayout(start, options, options.names);
  if (layout === undefined) {
    throw new SyntaxError(
      `Cannot read "${path}": no delimiter splits its lines evenly; set "delimiter", and "skip" if lines stand before the header`,
    );
  }
  const { skip, delimiter, header, first } = layout;
  requireFewColumns(path, first, limits);
  const given = Array.isArray(options.header) ? options.header : undefined;
  if (!header && given && given.length !== first.length) {
    throw new SyntaxError(
      `Cannot read "${path}": its lines have ${first.length} fields, "header" names ${given.length}`,
    );
  }
  const names = header ? first : (given ?? first.map(() => ""));
  const columns = columnNames(names, ["source_row", "source_sheet"]);
  const escapeSign = options.escape ?? '"';
  return { sha256, gzip, encoding, skip, delimiter, escape: escapeSign, header, columns };
}

/** Options for converting a text file. */
export interface ReadTextOptions {
  /** Folder for a rewritten copy. */
  readonly temporaryFolder: string;
  /** Parquet file to write. */
  readonly target: string;
  readonly skipBrokenLines: boolean;
  /** Longest record, in bytes. */
  readonly lineBytes: number;
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
  { temporaryFolder, target, skipBrokenLines, lineBytes }: ReadTextOptions,
): Promise<BrokenLine[]> {
  const copy = join(temporaryFolder, "rewritten.txt");
  const blanks = format.delimiter === "whitespace";
  const options: DelimitedOptions = {
    delimiter: blanks ? "\t" : format.delimiter,
    header: format.header,
    encoding: "utf-8",
    escape: format.escape,
    columns: format.columns,
    gzip: format.gzip,
    skipBrokenLines,
    lineBytes,
  };
  const readCopy = async () => {
    const line = (text: string) => (blanks ? text.trim().replace(/\s+/g, "\t") || undefined : text);
    await rewriteText(path, copy, { ...format, line });
    // UTF-8 takes up to twice the bytes.
    return readLines(engine, copy, { ...options, gzip: false, lineBytes: 2 * lineBytes }, target);
  };
  const problemOf = (error: unknown, skip: number) => {
    const problem = csvProblem(error).replace(/^line (\d+)/, (_, line) => `line ${Number(line) + skip}`);
    return new SyntaxError(`Cannot read "${path}": ${problem}`, { cause: error });
  };
  if (canReadInPlace(format)) {
    try {
      return await readLines(engine, path, options, target);
    } catch (error) {
      if (csvProblem(error) !== "mixed line ends") throw problemOf(error, 0);
    }
  }
  try {
    return await readCopy();
  } catch (error) {
    throw problemOf(error, format.skip);
  }
}

/** Returns true if the engine can read a text as it is. */
export function canReadInPlace({ delimiter, encoding, skip }: TextFormat): boolean {
  return delimiter !== "whitespace" && encoding === "utf-8" && skip === 0;
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
