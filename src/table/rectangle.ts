/** Values in rows and columns. */
export interface Rectangle {
  readonly names: readonly string[];
  readonly nRows: number;
  read(name: string, row: number): unknown;
}

/** The methods of an arquero table that are used here. */
export interface ArqueroTable {
  numRows(): number;
  columnNames(): string[];
  get(name: string, row: number): unknown;
}

/** A row as a plain object. */
export type PlainRecord = Readonly<Record<string, unknown>>;

/** Recognizes arquero tables by their methods, because a notebook may load another copy of arquero. */
export function isArqueroTable(value: unknown): value is ArqueroTable {
  const methods = value as PlainRecord | null | undefined;
  return ["numRows", "columnNames", "column", "get", "indices"].every(
    (method) => typeof methods?.[method] === "function",
  );
}

/** Returns true for an array of plain records, at least one. */
export function isRecords(value: unknown): value is readonly PlainRecord[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainRecord);
}

/** Reads an arquero table in its order and filter. */
export function readArquero(table: ArqueroTable): Rectangle {
  return { names: table.columnNames(), nRows: table.numRows(), read: (name, row) => table.get(name, row) };
}

/** Reads records; columns are those of the first rows, as many as `nameRows`. */
export function readRecords(records: readonly PlainRecord[], nameRows: number = records.length): Rectangle {
  const names = [...new Set(records.slice(0, nameRows).flatMap(Object.keys))];
  return { names, nRows: records.length, read: (name, row) => records[row][name] };
}

function isPlainRecord(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && Object.keys(value).length > 0;
}
