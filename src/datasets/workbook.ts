import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ParsingOptions, read as readWorkbook, SSF, type WorkSheet } from "@e965/xlsx";
import { csvField } from "../csv-field.js";
import { messageOf, nearest } from "../errors.js";
import { columnNames, firstRecord } from "./sniff.js";

export interface WorkbookText {
  /** A CSV file of all rows of the sheets, with a last column `source_sheet`. */
  readonly path: string;
  readonly columns: readonly string[];
  readonly sheets: readonly { readonly name: string; readonly rows: number }[];
}

/**
 * Writes the sheets of an XLSX workbook, one below the other, as one UTF-8 CSV in `folder`. Dates become
 * `YYYY-MM-DD HH:MM:SS`, numbers keep all their digits. Without `sheets`, every sheet with the first one's header is read.
 *
 * @throws {RangeError} If a sheet is missing, empty, or has another header than the first.
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
  let header: string | undefined;
  // One sheet at a time: a large one takes a gigabyte while it is unpacked.
  for (const name of wanted) {
    const [first, ...rest] = linesOf(parse(path, bytes, { sheets: name }).Sheets[name]);
    if (header === undefined) {
      if (first === undefined) throw new RangeError(`Cannot read "${path}": sheet "${name}" is empty`);
      header = first;
      await writeFile(target, `${header},source_sheet\n`);
    } else if (first !== header) {
      if (!sheets) continue;
      throw new RangeError(`Cannot read "${path}": sheet "${name}" has another header than "${wanted[0]}"`);
    }
    await appendFile(target, rest.map((line) => `${line},${csvField(name)}\n`).join(""));
    read.push({ name, rows: rest.length });
  }
  if (header === undefined) throw new RangeError(`Cannot read "${path}": it has no sheet`);
  return { path: target, columns: columnNames(firstRecord(header, ","), ["source_row", "source_sheet"]), sheets: read };
}

/** The column names of a workbook's first sheet. */
export async function workbookHeader(path: string): Promise<string[]> {
  const { SheetNames, Sheets } = parse(path, await readFile(path), { sheetRows: 1 });
  const [header] = linesOf(Sheets[SheetNames[0]]);
  if (!header) throw new RangeError(`Cannot read "${path}": sheet "${SheetNames[0]}" is empty`);
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

function linesOf(sheet: WorkSheet): string[] {
  const rows = ((sheet as { "!data"?: (Cell | undefined)[][] })["!data"] ?? []).filter((row) =>
    row?.some((cell) => cell?.v !== undefined),
  );
  const width = rows[0]?.length ?? 0;
  return rows.map((row) => Array.from({ length: width }, (_, j) => csvField(textOf(row[j]))).join(","));
}

function textOf(cell: Cell | undefined): string {
  if (!cell || cell.v === undefined || cell.t === "e") return "";
  if (cell.t === "n" && typeof cell.v === "number") {
    return cell.z !== undefined && SSF.is_date(String(cell.z)) ? dateText(cell.v) : String(cell.v);
  }
  return String(cell.v);
}

/** A workbook counts days from 1899-12-30; the time of day is its fraction, exact to the second. */
function dateText(serial: number): string {
  const seconds = Math.round(serial * 86_400);
  return new Date((seconds - 25_569 * 86_400) * 1000).toISOString().slice(0, 19).replace("T", " ");
}
