import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { messageOf } from "../../errors.js";
import { sha256OfFile } from "../../storage/index.js";
import type { FileOptions } from "../mapping/mapping.js";
import { sniffKind } from "../mapping/sniff.js";
import { firstBytes } from "./read-through.js";
import { limitsOf, requireFewColumns } from "./source-limits.js";
import { type BrokenLine, canReadInPlace, readText, sniffText, type TextFormat } from "./text-source.js";
import { workbookToText } from "./workbook.js";
import { zippedFile } from "./zipped-file.js";

/** Columns of a source view that are not in the file: the row number and the sheet. */
export const hiddenColumns: readonly string[] = ["source_row", "source_sheet"];

/** Source file and its detected format. */
export interface Source {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: "delimited" | "workbook" | "parquet";
  readonly encoding?: string;
  /** Lines before the header, if there are any. */
  readonly skippedLines?: number;
  readonly delimiter?: string;
  readonly sheets?: readonly { readonly name: string; readonly rows: number }[];
  /** Skipped sheets, with a different header. */
  readonly skippedSheets?: readonly string[];
  readonly columns: readonly string[];
}

/** Options for opening a source file. */
export interface OpenSourceOptions extends FileOptions {
  /** Folder for a converted copy; the caller removes it. */
  readonly temporaryFolder: string;
  /** Columns that the mapping names, by which the header is found. */
  readonly names?: readonly string[];
  /** Skips lines with a wrong number of fields; defaults to false. */
  readonly skipBrokenLines?: boolean;
}

/**
 * Detects the format of a file and registers it in the engine as `view`: every column as text, `source_row` (data rows
 * from 1) and `source_sheet`.
 *
 * @returns The source, and the skipped lines.
 * @throws {SyntaxError} If the file is empty, truncated, binary, or cannot be split into columns.
 */
export async function openSource(
  engine: Engine,
  path: string,
  view: string,
  options: OpenSourceOptions,
): Promise<{ source: Source; broken: readonly BrokenLine[] }> {
  // One pass over the text; later queries read only the columns that they need.
  const columnar = join(options.temporaryFolder, `${view}.source`);
  const { bytes, kind } = await fileKind(path);
  const zipped = kind === "zip" ? await zippedFile(path, options.temporaryFolder) : undefined;
  if (zipped !== undefined) {
    const { source, broken } = await openSource(engine, zipped, view, options);
    return { source: { ...source, file: basename(path), bytes, sha256: await sha256OfFile(path) }, broken };
  }
  const read = await (kind === "parquet" ? openParquet : kind === "zip" ? openWorkbook : openText)(
    engine,
    path,
    columnar,
    options,
  );
  await engine.registerParquet(view, columnar, { numberedAs: "source_row" });
  const { broken = [], ...facts } = read;
  if (broken.length) await renumber(engine, view, broken);
  return { source: { file: basename(path), bytes, ...facts }, broken };
}

/**
 * Returns the size of a file and its kind by its first bytes; gzip counts as text.
 *
 * @throws {SyntaxError} If the kind is not supported.
 */
export async function fileKind(path: string): Promise<{ bytes: number; kind: "text" | "zip" | "parquet" }> {
  const bytes = await sizeOf(path);
  if (bytes === 0) throw new SyntaxError(`Cannot read "${path}": the file is empty; export it again`);
  const kind = sniffKind(await firstBytes(path));
  if (kind === "binary") {
    throw new SyntaxError(`Cannot read "${path}": it is binary; expected text (CSV), Parquet or XLSX`);
  }
  return { bytes, kind: kind === "gzip" || kind === "utf-16" ? "text" : kind };
}

type Read = Omit<Source, "file" | "bytes"> & { readonly broken?: readonly BrokenLine[] };

async function openParquet(engine: Engine, path: string, target: string, options: OpenSourceOptions): Promise<Read> {
  try {
    await engine.registerParquet("parquet file", path);
    const described = await engine.describe('SELECT * FROM "parquet file"');
    const columns = described.map(({ name }) => name);
    requireFewColumns(path, columns, limitsOf(options));
    const asText = described.map(
      ({ name, type }) => `${textOf(quotedIdentifier(name), type)} AS ${quotedIdentifier(name)}`,
    );
    await engine.writeParquet(
      `SELECT ${asText.join(", ")}, CAST(NULL AS VARCHAR) AS source_sheet FROM "parquet file"`,
      target,
    );
    return { sha256: await sha256OfFile(path), kind: "parquet", columns };
  } catch (cause) {
    if (cause instanceof SyntaxError) throw cause;
    throw new SyntaxError(`Cannot read "${path}": not a readable Parquet file (${messageOf(cause)}); export it again`, {
      cause,
    });
  }
}

/** Returns SQL of a column as text; instants end in Z, so that no zone is applied again. */
function textOf(column: string, type: string): string {
  if (type === "TIMESTAMP WITH TIME ZONE") return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%fZ')`;
  // Nanoseconds have more digits than a format supports.
  if (type === "TIMESTAMP_NS") return `CAST(CAST(${column} AS TIMESTAMP) AS VARCHAR)`;
  return `CAST(${column} AS VARCHAR)`;
}

async function openWorkbook(engine: Engine, path: string, target: string, options: OpenSourceOptions): Promise<Read> {
  const {
    path: text,
    sheets,
    skippedSheets,
    skippedLines,
    columns,
  } = await workbookToText(path, {
    ...options,
    folder: options.temporaryFolder,
  });
  await engine.registerDelimited("workbook text", text, {
    delimiter: ",",
    header: true,
    encoding: "utf-8",
    columns: [...columns, "source_sheet"],
    // With the name of the sheet.
    lineBytes: 2 * limitsOf(options).line_bytes,
  });
  await engine.writeParquet('SELECT * FROM "workbook text"', target);
  return {
    sha256: await sha256OfFile(path),
    kind: "workbook",
    sheets,
    ...(skippedSheets.length ? { skippedSheets } : {}),
    ...(skippedLines ? { skippedLines } : {}),
    columns,
  };
}

/**
 * Registers a plain text file in the engine as `view` without a copy: every column as text, and an empty `source_sheet`.
 * Every query reads the file; rows have no number.
 *
 * @returns Undefined for other kinds of files.
 * @throws {SyntaxError} As {@link openSource}, except for broken lines, which fail the query.
 */
export async function openInPlace(
  engine: Engine,
  path: string,
  view: string,
  options: FileOptions & Pick<OpenSourceOptions, "names">,
): Promise<Source | undefined> {
  const { bytes, kind } = await fileKind(path);
  if (kind !== "text") return undefined;
  const format = await sniffText(path, options);
  if (!canReadInPlace(format)) return undefined;
  const text = `${view} text`;
  const lineBytes = limitsOf(options).line_bytes;
  await engine.registerDelimited(text, path, { ...format, encoding: "utf-8", lineBytes });
  await engine.run(
    `CREATE OR REPLACE VIEW ${quotedIdentifier(view)} AS SELECT *, CAST(NULL AS VARCHAR) AS source_sheet FROM ${quotedIdentifier(text)}`,
  );
  return { file: basename(path), bytes, ...delimitedFacts(format) };
}

function delimitedFacts({ sha256, encoding, skip, delimiter, columns }: TextFormat): Omit<Source, "file" | "bytes"> {
  return { sha256, kind: "delimited", encoding, ...(skip ? { skippedLines: skip } : {}), delimiter, columns };
}

async function openText(engine: Engine, path: string, target: string, options: OpenSourceOptions): Promise<Read> {
  const format = await sniffText(path, options);
  const { temporaryFolder, skipBrokenLines = false } = options;
  const lineBytes = limitsOf(options).line_bytes;
  const broken = await readText(engine, path, format, { temporaryFolder, target, skipBrokenLines, lineBytes });
  return { ...delimitedFacts(format), broken };
}

/** Renumbers `source_row` to include skipped lines. */
async function renumber(engine: Engine, view: string, broken: readonly BrokenLine[]): Promise<void> {
  const name = quotedIdentifier(view);
  const all = quotedIdentifier(`${view} as read`);
  // Number of rows read before each skipped line.
  const before = broken.map(({ row }, i) => `(${row - 1 - i}, ${i + 1})`).join(", ");
  await engine.run(`CREATE OR REPLACE TABLE ${all} AS SELECT * FROM ${name}`);
  await engine.run(`CREATE OR REPLACE VIEW ${name} AS
    SELECT r.source_row + COALESCE(b.skipped, 0) AS source_row, r.* EXCLUDE (source_row) FROM ${all} r
    ASOF LEFT JOIN (SELECT after, max(skipped) AS skipped FROM (VALUES ${before}) AS v(after, skipped) GROUP BY after) b ON r.source_row > b.after`);
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new TypeError("it is a folder");
    return found.size;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(`Cannot read "${path}": ${missing ? "no such file; check the path" : messageOf(cause)}`, { cause });
  }
}
