import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { messageOf } from "../errors.js";
import { sha256OfFile } from "../files.js";
import type { FileOptions } from "./mapping.js";
import { looksLikeHeader, sniffDelimiter, sniffKind } from "./sniff.js";
import { workbookToText } from "./workbook.js";

/** Columns of a source view that the file itself does not have: its row number and, of a workbook, the sheet. */
export const hiddenColumns: readonly string[] = ["source_row", "source_sheet"];

/** A source file as it was found: what it is and how it was read. */
export interface Source {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: "delimited" | "workbook" | "parquet";
  readonly encoding?: "utf-8" | "latin-1";
  readonly delimiter?: string;
  readonly sheets?: readonly { readonly name: string; readonly rows: number }[];
  readonly columns: readonly string[];
}

export interface OpenSourceOptions extends FileOptions {
  /** Where a converted copy may lie; the caller removes it. */
  readonly temporaryFolder: string;
  readonly skipBrokenLines?: boolean;
}

/**
 * Sniffs a file by its content and makes it readable in the engine as `view`: every column as text, and
 * `source_row` counting the data rows from 1.
 *
 * @throws {SyntaxError} If the file is empty, truncated, binary, or cannot be split into columns.
 */
export async function openSource(
  engine: Engine,
  path: string,
  view: string,
  options: OpenSourceOptions,
): Promise<Source> {
  const file = basename(path);
  const bytes = await sizeOf(path);
  if (bytes === 0) throw new SyntaxError(`Cannot read "${path}": the file is empty`);
  const kind = sniffKind(await firstBytes(path));
  if (kind === "binary")
    throw new SyntaxError(`Cannot read "${path}": it is binary, text (CSV), Parquet or XLSX is needed`);
  if (kind === "utf-16") throw new SyntaxError(`Cannot read "${path}": it is UTF-16, save it as UTF-8`);
  const read = `${view} as read`;
  const facts =
    kind === "parquet"
      ? await openParquet(engine, path, read)
      : kind === "zip"
        ? await openWorkbook(engine, path, read, options)
        : await openText(engine, path, read, options);
  // One pass over the text; whatever follows reads only the columns that it needs.
  const columnar = join(options.temporaryFolder, `${view}.parquet`);
  await engine.writeParquet(`SELECT * FROM ${quotedIdentifier(read)}`, columnar);
  await engine.registerParquet(view, columnar);
  return { file, bytes, ...facts };
}

type Facts = Omit<Source, "file" | "bytes">;

async function openParquet(engine: Engine, path: string, view: string): Promise<Facts> {
  await engine.registerParquet(`${view} typed`, path);
  const from = quotedIdentifier(`${view} typed`);
  const columns = (await engine.describe(`SELECT * FROM ${from}`)).map(({ name }) => name);
  const asText = columns
    .map((name) => `CAST(${quotedIdentifier(name)} AS VARCHAR) AS ${quotedIdentifier(name)}`)
    .join(", ");
  await engine.run(`CREATE OR REPLACE VIEW ${quotedIdentifier(view)} AS
    SELECT row_number() OVER () AS source_row, CAST(NULL AS VARCHAR) AS source_sheet, ${asText} FROM ${from}`);
  return { sha256: await sha256OfFile(path), kind: "parquet", columns };
}

async function openWorkbook(engine: Engine, path: string, view: string, options: OpenSourceOptions): Promise<Facts> {
  const { path: text, sheets } = await workbookToText(path, {
    folder: options.temporaryFolder,
    ...(options.sheets ? { sheets: options.sheets } : {}),
  });
  await engine.registerDelimited(`${view} text`, text, { delimiter: ",", header: true, encoding: "utf-8" });
  await engine.run(`CREATE OR REPLACE VIEW ${quotedIdentifier(view)} AS
    SELECT * EXCLUDE (source_sheet), source_sheet FROM ${quotedIdentifier(`${view} text`)}`);
  return { sha256: await sha256OfFile(path), kind: "workbook", sheets, columns: await fileColumns(engine, view) };
}

async function fileColumns(engine: Engine, view: string): Promise<string[]> {
  const all = await engine.describe(`SELECT * FROM ${quotedIdentifier(view)}`);
  return all.map(({ name }) => name).filter((name) => !hiddenColumns.includes(name));
}

async function openText(engine: Engine, path: string, view: string, options: OpenSourceOptions): Promise<Facts> {
  const { sha256, gzip, utf8, lines } = await readThrough(path);
  const encoding = options.encoding ?? (utf8 ? "utf-8" : "latin-1");
  if (encoding === "utf-8" && !utf8)
    throw new SyntaxError(`Cannot read "${path}": it is not valid UTF-8, say "encoding": "latin-1"`);
  if (!lines.length) throw new SyntaxError(`Cannot read "${path}": it holds no line of text`);
  const delimiter = options.delimiter ?? sniffDelimiter(lines) ?? (lines[0].includes(" ") ? undefined : ",");
  if (delimiter === undefined) {
    throw new SyntaxError(`Cannot read "${path}": no delimiter splits its lines alike, say which with "delimiter"`);
  }
  const blanks = delimiter === "whitespace";
  const readable = blanks
    ? await blanksToTabs(path, join(options.temporaryFolder, `${view.replaceAll(" ", "-")}.tsv`), gzip, encoding)
    : path;
  const first = blanks ? lines[0].trim().split(/\s+/) : lines[0].split(delimiter);
  const header = looksLikeHeader(first);
  if (!header && options.header && options.header.length !== first.length) {
    throw new SyntaxError(
      `Cannot read "${path}": its lines have ${first.length} fields, "header" names ${options.header.length}`,
    );
  }
  await engine.registerDelimited(`${view} text`, readable, {
    delimiter: blanks ? "\t" : delimiter,
    header,
    encoding: blanks ? "utf-8" : encoding,
    gzip: gzip && !blanks,
    ...(options.skipBrokenLines ? { skipBrokenLines: true } : {}),
    ...(!header && options.header ? { columns: options.header } : {}),
  });
  await engine.run(
    `CREATE OR REPLACE VIEW ${quotedIdentifier(view)} AS SELECT *, CAST(NULL AS VARCHAR) AS source_sheet FROM ${quotedIdentifier(`${view} text`)}`,
  );
  return { sha256, kind: "delimited", encoding, delimiter, columns: await fileColumns(engine, view) };
}

interface ReadThrough {
  readonly sha256: string;
  readonly gzip: boolean;
  readonly utf8: boolean;
  /** The first lines, at most 200, whole ones only. */
  readonly lines: readonly string[];
}

/** Reads the whole file once: its hash, whether it is valid UTF-8, whether its gzip stream is whole, its first lines. */
async function readThrough(path: string): Promise<ReadThrough> {
  const gzip = sniffKind(await firstBytes(path)) === "gzip";
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let utf8 = true;
  let start = Buffer.alloc(0);
  const input = createReadStream(path, { highWaterMark: 1 << 20 });
  input.on("data", (chunk) => hash.update(chunk));
  const text = gzip ? input.pipe(createGunzip({ chunkSize: 1 << 20 })) : input;
  input.on("error", (error) => text.destroy(error));
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      if (start.length < 1 << 18) start = Buffer.concat([start, chunk.subarray(0, 1 << 18)]);
      if (!utf8) continue;
      try {
        decoder.decode(chunk, { stream: true });
      } catch {
        utf8 = false;
      }
    }
  } catch (cause) {
    throw new SyntaxError(`Cannot read "${path}": ${gzipReason(cause)}`, { cause });
  }
  if (start.includes(0))
    throw new SyntaxError(`Cannot read "${path}": it is binary, text (CSV), Parquet or XLSX is needed`);
  const all = start.toString(utf8 ? "utf8" : "latin1").split(/\r?\n/);
  return {
    sha256: hash.digest("hex"),
    gzip,
    utf8,
    lines: all.slice(0, Math.min(200, Math.max(1, all.length - 1))).filter((line) => line),
  };
}

function gzipReason(cause: unknown): string {
  const reason = messageOf(cause);
  return /unexpected end of file/.test(reason) ? "the gzip stream ends too early, the file is truncated" : reason;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  for await (const chunk of createReadStream(path, { end: 4095 })) return chunk as Uint8Array;
  return new Uint8Array();
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new TypeError("it is a folder");
    return found.size;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(`Cannot read "${path}": ${missing ? "no such file" : messageOf(cause)}`, { cause });
  }
}

/** Writes a copy whose fields, parted by runs of blanks in the original, are parted by tabs. */
async function blanksToTabs(
  path: string,
  target: string,
  gzip: boolean,
  encoding: "utf-8" | "latin-1",
): Promise<string> {
  const input = createReadStream(path);
  const text = gzip ? input.pipe(createGunzip()) : input;
  text.setEncoding(encoding === "utf-8" ? "utf8" : "latin1");
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  async function* tabbed() {
    for await (const line of lines) if (line.trim()) yield `${line.trim().replace(/\s+/g, "\t")}\n`;
  }
  await pipeline(tabbed, createWriteStream(target));
  return target;
}
