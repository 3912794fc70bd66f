/** What the first bytes say a file is, whatever its name says. */
export type FileKind = "gzip" | "zip" | "parquet" | "binary" | "utf-16" | "text";

/** Tells the kind of a file by its first bytes. */
export function sniffKind(start: Uint8Array): FileKind {
  const begins = (...bytes: number[]) => bytes.every((byte, i) => start[i] === byte);
  if (begins(0x1f, 0x8b)) return "gzip";
  if (begins(0x50, 0x4b, 0x03, 0x04)) return "zip";
  if (begins(0x50, 0x41, 0x52, 0x31)) return "parquet";
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return "utf-16";
  return start.includes(0) ? "binary" : "text";
}

const delimiters = [",", ";", "\t", "|"] as const;

/**
 * The delimiter that splits the lines into the most columns, the same number in each. Runs of blanks count as
 * `whitespace` if no other delimiter does. Text between double quotes is passed over.
 *
 * @returns Nothing if no delimiter splits every line alike.
 */
export function sniffDelimiter(lines: readonly string[]): (typeof delimiters)[number] | "whitespace" | undefined {
  const bare = lines.filter((line) => line.trim()).map((line) => line.replace(/"(?:[^"]|"")*"/g, "x"));
  if (!bare.length) return undefined;
  let best: { delimiter: (typeof delimiters)[number]; count: number } | undefined;
  for (const delimiter of delimiters) {
    const counts = bare.map((line) => line.split(delimiter).length);
    const usual = median(counts);
    const alike = counts.filter((count) => count === usual).length / counts.length;
    if (usual > 1 && alike >= 0.9 && (!best || usual > best.count)) best = { delimiter, count: usual };
  }
  if (best) return best.delimiter;
  const words = bare.map((line) => line.trim().split(/\s+/).length);
  return words[0] > 1 && words.every((count) => count === words[0]) ? "whitespace" : undefined;
}

/** True if the first line names columns: none of its fields is a number or a date. */
export function looksLikeHeader(fields: readonly string[]): boolean {
  return fields.every((field) => !/^"?\s*[-+]?\d[\d.,:/ -]*"?$/.test(field.trim()) && field.trim() !== "");
}

/** strptime formats that are tried when a mapping names none. */
export const timestampFormats = [
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%dT%H:%M:%S",
  "%Y-%m-%dT%H:%M:%SZ",
  "%Y-%m-%d %H:%M",
  "%Y-%m-%d",
  "%Y/%m/%d %H:%M:%S",
  "%Y/%m/%d %H:%M",
  "%Y/%m/%d",
  "%Y%m%d",
  "%m/%d/%Y %H:%M",
  "%d/%m/%Y %H:%M",
  "%m/%d/%Y %H:%M:%S",
  "%d/%m/%Y %H:%M:%S",
  "%m/%d/%Y",
  "%d/%m/%Y",
  "%d.%m.%Y %H:%M:%S",
  "%d.%m.%Y %H:%M",
  "%d.%m.%Y",
  "%d-%m-%Y %H:%M",
  "%m-%d-%Y %H:%M",
  "%d-%m-%Y",
  "%m-%d-%Y",
] as const;

/** The format with day and month exchanged, if it is one of those that are easily confused. */
export function exchangedFormat(format: string): string | undefined {
  const parts = /^(%[dm])(.)(%[dm])(.%Y.*)$/.exec(format);
  return parts ? `${parts[3]}${parts[2]}${parts[1]}${parts[4]}` : undefined;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
