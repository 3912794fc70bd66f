import { readRecord } from "../../text/index.js";

/** Kind of a file by its first bytes. */
export type FileKind = "gzip" | "zip" | "parquet" | "binary" | "utf-16" | "text";

/** Returns the kind of a file by its first bytes. */
export function sniffKind(start: Uint8Array): FileKind {
  const begins = (...bytes: number[]) => bytes.every((byte, i) => start[i] === byte);
  if (begins(0x1f, 0x8b)) return "gzip";
  if (begins(0x50, 0x4b, 0x03, 0x04)) return "zip";
  if (begins(0x50, 0x41, 0x52, 0x31)) return "parquet";
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff) || everyOtherByteIsZero(start)) return "utf-16";
  return start.includes(0) ? "binary" : "text";
}

/** Detects UTF-16 without a byte order mark: nearly every other byte of text with a Latin header is zero. */
function everyOtherByteIsZero(start: Uint8Array): boolean {
  const pairs = Math.floor(Math.min(start.length, 256) / 2);
  const zeros = [0, 1].map(
    (side) => Array.from({ length: pairs }, (_, i) => start[2 * i + side]).filter((byte) => byte === 0).length,
  );
  return pairs > 1 && zeros.some((count, side) => count >= 0.8 * pairs && zeros[1 - side] === 0);
}

const delimiters = [",", ";", "\t", "|"] as const;

/**
 * Detects the delimiter that splits nearly all lines into the same, largest number of columns. Runs of spaces count as
 * `whitespace` if no other delimiter fits. Quoted fields are skipped, including their line breaks.
 *
 * @returns Undefined if no delimiter splits the lines evenly.
 *
 * @example
 * sniffDelimiter('id;name\n1;"a, b; c"\n'); // ";"
 */
export function sniffDelimiter(text: string): (typeof delimiters)[number] | "whitespace" | undefined {
  const closed = text.replace(/(^|[,;\t|\n])"(?:[^"]|"")*"/g, "$1x");
  // The start of a text may end within a quoted field: its record is incomplete.
  const cut = closed.search(/(?:^|[,;\t|\n])"[^"]*$/);
  const whole = cut < 0 ? closed : closed.slice(0, closed.lastIndexOf("\n", cut) + 1) || closed;
  const bare = linesOf(whole).filter((line) => line.trim());
  if (!bare.length) return undefined;
  const candidates = delimiters
    .map((delimiter) => {
      const counts = bare.map((line) => line.split(delimiter).length);
      const usual = median(counts);
      return {
        delimiter,
        usual,
        first: counts[0],
        alike: counts.filter((count) => count === usual).length / counts.length,
      };
    })
    .filter(({ usual }) => usual > 1)
    .sort((a, b) => b.usual - a.usual);
  // Fallback for many broken lines: the header and most lines agree.
  const best =
    candidates.find(({ alike }) => alike >= 0.9) ??
    candidates.find(({ first, usual, alike }) => first === usual && alike > 0.4);
  if (best) return best.delimiter;
  const words = bare.map((line) => line.trim().split(/\s+/).length);
  return words[0] > 1 && words.every((count) => count === words[0]) ? "whitespace" : undefined;
}

/** Splits a text into lines at LF, CRLF or CR. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/**
 * Returns the fields of the first record of delimited text, without quotes.
 *
 * @example
 * firstRecord('a,"b, c",d\n1,2,3\n', ","); // ["a", "b, c", "d"]
 */
export function firstRecord(text: string, delimiter: string): readonly string[] {
  return delimiter === "whitespace" ? linesOf(text)[0].trim().split(/\s+/) : readRecord(text, delimiter).fields;
}

/** Returns true if the fields look like column names: none is a number or a date, and not all are empty. */
export function looksLikeHeader(fields: readonly string[]): boolean {
  return fields.some((field) => field.trim()) && fields.every((field) => !/^[-+]?\d[\d.,:/ -]*$/.test(field.trim()));
}

/**
 * Returns unique column names for a header: empty and repeated names (ignoring case) are numbered.
 *
 * @example
 * columnNames(["", "id", "sum", "Sum"]); // ["column0", "id", "sum_1", "Sum_2"]
 */
export function columnNames(header: readonly string[], taken: readonly string[] = []): string[] {
  const bases = header.map((field, i) => (field.trim() === "" ? `column${i}` : field));
  const seen = new Set(taken);
  const places = new Map<string, number>();
  const times = new Map<string, number>();
  for (const base of bases) times.set(base.toLowerCase(), (times.get(base.toLowerCase()) ?? 0) + 1);
  return bases.map((base) => {
    let name = base;
    while (seen.has(name.toLowerCase()) || (name === base && (times.get(base.toLowerCase()) ?? 0) > 1)) {
      const place = (places.get(base.toLowerCase()) ?? 0) + 1;
      places.set(base.toLowerCase(), place);
      name = `${base}_${place}`;
    }
    seen.add(name.toLowerCase());
    return name;
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
