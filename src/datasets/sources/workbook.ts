import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ParsingOptions, read as readWorkbook, SSF, type WorkBook } from "@e965/xlsx";
import { messageOf, nearest } from "../../errors.js";
import { csvField } from "../../text/index.js";
import { columnNames, firstRecord } from "../mapping/sniff.js";

/** A workbook's sheets as delimited text. */
export interface WorkbookText {
  /** A CSV file of all rows of the sheets, with a last column `source_sheet`. */
  readonly path: string;
  readonly columns: readonly string[];
  readonly sheets: readonly { readonly name: string; readonly rows: number }[];
  /** Sheets with another header than the first one's, which were not asked for. */
  readonly skippedSheets: readonly string[];
}

/**
 * Writes the sheets of an XLSX workbook, one below the other, as one UTF-8 CSV in `folder`. Dates become
 * `YYYY-MM-DD HH:MM:SS`, numbers keep all their digits. Without `sheets`, every sheet with the header of the first that
 * is not empty is read.
 *
 * @throws {RangeError} If a sheet that is asked for is missing, empty, or has another header than the first, or all are empty.
 */
export async function workbookToText(
  path: string,
  { sheets, folder }: { sheets?: readonly string[]; folder: string },
): Promise<WorkbookText> {
  const bytes = await readFile(path);
  const names = parse(path, bytes, { bookSheets: true }).SheetNames;
  for (const name of sheets ?? []) {
    if (!names.includes(name)) {
      const near = nearest(name, names);
      const meant = near ? `, did you mean "${near}"?` : ",";
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
  // One sheet at a time: a large one takes a gigabyte while it is unpacked.
  for (const name of wanted) {
    const [first, ...rest] = linesOf(parse(path, bytes, { sheets: name }), name);
    if (first === undefined) {
      if (!sheets && wanted.length > 1) continue;
      throw new RangeError(`Cannot read "${path}": sheet "${name}" is empty`);
    }
    if (header === undefined) {
      header = first;
      await writeFile(target, `${header},source_sheet\n`);
    } else if (first !== header) {
      if (sheets) {
        throw new RangeError(`Cannot read "${path}": sheet "${name}" has another header than "${read[0].name}"`);
      }
      skippedSheets.push(name);
      continue;
    }
    await appendFile(target, rest.map((line) => `${line},${csvField(name)}\n`).join(""));
    read.push({ name, rows: rest.length });
  }
  if (header === undefined) throw new RangeError(`Cannot read "${path}": every sheet is empty`);
  const columns = columnNames(firstRecord(header, ","), ["source_row", "source_sheet"]);
  return { path: target, columns, sheets: read, skippedSheets };
}

/** The column names of a workbook's first sheet that is not empty. */
export async function workbookHeader(path: string): Promise<string[]> {
  // Blank rows may stand above the header.
  const book = parse(path, await readFile(path), { sheetRows: 20 });
  const header = book.SheetNames.map((name) => linesOf(book, name)[0]).find((line) => line !== undefined);
  if (header === undefined) throw new RangeError(`Cannot read "${path}": every sheet is empty`);
  return columnNames(firstRecord(header, ","), ["source_row", "source_sheet"]);
}

function parse(path: string, bytes: Uint8Array, options: ParsingOptions = {}) {
  try {
    return readWorkbook(bytes, { ...options, dense: true, cellNF: true, cellText: false, cellHTML: false });
  } catch (cause) {
    throw new SyntaxError(`Cannot read "${path}": not a readable workbook (${messageOf(cause)})`, { cause });
  }
}

interface Cell {
  readonly t: string;
  readonly v?: string | number | boolean | Date;
  readonly z?: string | number;
}

function linesOf(book: WorkBook, name: string): string[] {
  const firstDay = book.Workbook?.WBProps?.date1904 ? daysTo1904 : 0;
  const rows = ((book.Sheets[name] as { "!data"?: (Cell | undefined)[][] })["!data"] ?? []).filter((row) =>
    row?.some((cell) => cell?.v !== undefined),
  );
  const width = rows[0]?.length ?? 0;
  return rows.map((row) => Array.from({ length: width }, (_, j) => csvField(textOf(row[j], firstDay))).join(","));
}

function textOf(cell: Cell | undefined, firstDay: number): string {
  if (!cell || cell.v === undefined || cell.t === "e") return "";
  if (cell.t === "n" && typeof cell.v === "number") {
    return cell.z !== undefined && SSF.is_date(String(cell.z)) ? dateText(cell.v + firstDay) : String(cell.v);
  }
  return String(cell.v);
}

/** From 1899-12-30 to 1904-01-01, from which workbooks of old Macs count. */
const daysTo1904 = 1462;

/** A workbook counts days from 1899-12-30; the time of day is its fraction, exact to the second. */
function dateText(serial: number): string {
  const seconds = Math.round(serial * 86_400);
  return new Date((seconds - 25_569 * 86_400) * 1000).toISOString().slice(0, 19).replace("T", " ");
}
