import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ParsingOptions, read as readWorkbook, SSF, type WorkBook } from "@e965/xlsx";
import { messageOf, nearest } from "../../errors.js";
import { csvField, csvRow, DAY_MS } from "../../text/index.js";
import type { FileOptions } from "../mapping/mapping.js";
import { columnNames, firstRecord } from "../mapping/sniff.js";
import { defaultLimits, limitsOf, raise, requireFewColumns, type SourceLimits, sizeInWords } from "./source-limits.js";
import { textLayout } from "./text-layout.js";
import { unpackedBytes } from "./unzip.js";

/** Sheets of a workbook as delimited text. */
export interface WorkbookText {
  /** CSV file of all rows of the sheets, with a last column `source_sheet`. */
  readonly path: string;
  readonly columns: readonly string[];
  readonly sheets: readonly { readonly name: string; readonly rows: number }[];
  /** Rows before the header of the first sheet. */
  readonly skippedLines: number;
  /** Sheets not requested, with a different header than the first. */
  readonly skippedSheets: readonly string[];
}

/** Options for {@link workbookToText}. */
export interface WorkbookTextOptions extends Pick<FileOptions, "sheets" | "skip" | "limits"> {
  /** Columns that the mapping names, by which the header is found. */
  readonly names?: readonly string[];
  readonly folder: string;
}

/**
 * Concatenates the sheets of an XLSX workbook as one UTF-8 CSV in `folder`. Dates become `YYYY-MM-DD HH:MM:SS`; numbers
 * keep all digits. Without `sheets`, reads every sheet with the header of the first non-empty one.
 *
 * @throws {RangeError} If a requested sheet is missing, empty, or has a different header, or all sheets are empty.
 */
export async function workbookToText(
  path: string,
  { sheets, skip, limits: given, names: named = [], folder }: WorkbookTextOptions,
): Promise<WorkbookText> {
  const limits = limitsOf(given ? { limits: given } : {});
  await requireSmall(path, limits);
  const bytes = await readFile(path);
  const names = parse(path, bytes, { bookSheets: true }).SheetNames;
  for (const name of sheets ?? []) {
    if (!names.includes(name)) {
      const near = nearest(name, names);
      const meant = near ? `; did you mean "${near}"?` : ";";
      throw new RangeError(
        `Cannot read "${path}": it has no sheet "${name}"${meant} it has ${names.map((sheet) => `"${sheet}"`).join(", ")}`,
      );
    }
  }
  const wanted = sheets ?? names;
  const target = join(folder, "workbook.csv");
  const read: { name: string; rows: number }[] = [];
  const skippedSheets: string[] = [];
  let header: string | undefined;
  let skippedLines = 0;
  // One sheet at a time: a large one uses a gigabyte of memory.
  for (const name of wanted) {
    const { skipped, lines } = linesOf(parse(path, bytes, { sheets: name }), name, { skip, names: named });
    const [first, ...rest] = lines;
    requireShortLines(path, { name, lines, limits });
    if (first === undefined) {
      if (!sheets && wanted.length > 1) continue;
      throw new RangeError(`Cannot read "${path}": sheet "${name}" is empty; choose another sheet in the mapping`);
    }
    if (header === undefined) {
      header = first;
      skippedLines = skipped;
      await writeFile(target, `${header},source_sheet\n`);
    } else if (first.toLowerCase() !== header.toLowerCase()) {
      if (sheets) {
        throw new RangeError(
          `Cannot read "${path}": sheet "${name}" has a different header than "${read[0].name}"; name the sheets to read in the mapping`,
        );
      }
      skippedSheets.push(name);
      continue;
    }
    await appendFile(target, rest.map((line) => `${line},${csvField(name)}\n`).join(""));
    read.push({ name, rows: rest.length });
  }
  if (header === undefined) throw new RangeError(`Cannot read "${path}": every sheet is empty; export it again`);
  const columns = namesOf(path, header, limits);
  return { path: target, columns, sheets: read, skippedLines, skippedSheets };
}

/** Returns the column names of the first non-empty sheet of a workbook. */
export async function workbookHeader(path: string): Promise<string[]> {
  // Blank rows may precede the header.
  await requireSmall(path, defaultLimits);
  const book = parse(path, await readFile(path), { sheetRows: 20 });
  const header = book.SheetNames.map((name) => linesOf(book, name).lines[0]).find((line) => line !== undefined);
  if (header === undefined) throw new RangeError(`Cannot read "${path}": every sheet is empty; export it again`);
  return namesOf(path, header, defaultLimits);
}

function namesOf(path: string, header: string, limits: SourceLimits): string[] {
  const fields = firstRecord(header, ",");
  requireFewColumns(path, fields, limits);
  return columnNames(fields, ["source_row", "source_sheet"]);
}

/** Refuses a workbook that unpacks to more than the limit, whatever its directory says. @throws {SyntaxError} */
async function requireSmall(path: string, { workbook_bytes: most }: SourceLimits): Promise<void> {
  if ((await unpackedBytes(path, { most })) <= most) return;
  throw new SyntaxError(
    `Cannot read "${path}": it unpacks to more than ${sizeInWords(most)}; save its sheets as CSV, split it, or ${raise("workbook_bytes")}`,
  );
}

/** Refuses a row that the engine could not read back from text. @throws {SyntaxError} */
function requireShortLines(
  path: string,
  {
    name,
    lines,
    limits: { line_bytes: most },
  }: { readonly name: string; readonly lines: readonly string[]; readonly limits: SourceLimits },
): void {
  // A character has at most three bytes for one unit of its length.
  const row = lines.findIndex((line) => line.length > most / 3 && Buffer.byteLength(line) > most);
  if (row < 0) return;
  throw new SyntaxError(
    `Cannot read "${path}": row ${row + 1} of sheet "${name}" has more than ${sizeInWords(most)} of text; remove it from the file, or ${raise("line_bytes")}`,
  );
}

function parse(path: string, bytes: Uint8Array, options: ParsingOptions = {}) {
  try {
    return readWorkbook(bytes, { ...options, dense: true, cellNF: true, cellText: false, cellHTML: false });
  } catch (cause) {
    throw new SyntaxError(
      `Cannot read "${path}": not a readable workbook (${messageOf(cause)}); save it as .xlsx or CSV`,
      { cause },
    );
  }
}

interface Cell {
  readonly t: string;
  readonly v?: string | number | boolean | Date;
  readonly z?: string | number;
}

/** Returns the rows of a sheet from its header on as CSV; empty rows are left out. */
function linesOf(
  book: WorkBook,
  name: string,
  { skip, names = [] }: { readonly skip?: number | undefined; readonly names?: readonly string[] } = {},
): { readonly skipped: number; readonly lines: readonly string[] } {
  const firstDay = book.Workbook?.WBProps?.date1904 ? daysTo1904 : 0;
  const rows = ((book.Sheets[name] as { "!data"?: (Cell | undefined)[][] })["!data"] ?? [])
    .slice(skip ?? 0)
    .filter((row) => row?.some((cell) => cell?.v !== undefined));
  const width = Math.max(0, ...rows.slice(0, TITLE_ROWS).map((row) => row.length));
  const csv = (row: (Cell | undefined)[], length: number) =>
    csvRow(Array.from({ length }, (_, j) => textOf(row[j], firstDay)));
  const start = rows.slice(0, TITLE_ROWS).map((row) => `${csv(row, width)}\n`);
  const layout = textLayout(start.join(""), { delimiter: ",", ...(skip === undefined ? {} : { skip: 0 }) }, names);
  const skipped = layout?.skip ?? 0;
  const columns = rows[skipped]?.length ?? 0;
  return { skipped, lines: rows.slice(skipped).map((row) => csv(row, columns)) };
}

/** Rows among which the header of a sheet is. */
const TITLE_ROWS = 20;

function textOf(cell: Cell | undefined, firstDay: number): string {
  if (!cell || cell.v === undefined || cell.t === "e") return "";
  if (cell.t === "n" && typeof cell.v === "number") {
    return cell.z !== undefined && SSF.is_date(String(cell.z)) ? dateText(cell.v + firstDay) : numberText(cell.v);
  }
  return String(cell.v);
}

/** Writes a number; one with more digits than a workbook keeps in scientific notation, in which no id may be. */
function numberText(value: number): string {
  return Math.abs(value) < 1e15 ? String(value) : value.toExponential().toUpperCase();
}

/** Days from 1899-12-30 to 1904-01-01, the epoch of workbooks from old Macs. */
const daysTo1904 = 1462;

/** Formats a serial date: days since 1899-12-30, with the time of day as fraction, rounded to the second. */
function dateText(serial: number): string {
  const seconds = Math.round(serial * (DAY_MS / 1000));
  return new Date(seconds * 1000 - 25_569 * DAY_MS).toISOString().slice(0, 19).replace("T", " ");
}
