import type { FileOptions } from "../mapping/mapping.js";
import { firstRecord, linesOf, looksLikeHeader, sniffDelimiter } from "../mapping/sniff.js";

/** Start of the records of a text, and the way in which they are split. */
export interface TextLayout {
  /** Lines before the header or the first record. */
  readonly skip: number;
  readonly delimiter: string;
  /** False if the first record is data. */
  readonly header: boolean;
  /** Fields of the first record. */
  readonly first: readonly string[];
}

/** Lines that may stand before the header. */
const MOST_TITLES = 20;

/**
 * Finds the layout of a text from its start. Options of the mapping win over what is found; a line such as `sep=;`, as
 * Excel writes it, names the delimiter.
 *
 * @param names Columns that the mapping names: the line that has them is the header.
 * @returns Undefined if no delimiter splits the lines evenly.
 */
export function textLayout(
  start: string,
  options: Pick<FileOptions, "delimiter" | "escape" | "header" | "skip">,
  names: readonly string[] = [],
): TextLayout | undefined {
  const from = (line: number) =>
    start
      .split(/(?<=\r\n|\n|\r(?!\n))/)
      .slice(line)
      .join("");
  const separator = /^"?sep=(.)"?$/i.exec(linesOf(start)[0])?.[1];
  const { escape: escapeSign } = options;
  const begin = options.skip ?? (separator === undefined ? 0 : 1);
  const mayHaveTitles = options.skip === undefined && (options.header ?? true) === true;
  const lines = linesOf(from(begin)).length;
  const tries = mayHaveTitles ? Math.max(1, Math.min(MOST_TITLES, lines - 2)) : 1;
  let skip = begin;
  let delimiter = options.delimiter ?? separator;
  for (let line = begin; delimiter === undefined && line < begin + tries; ++line) {
    const found = sniffDelimiter(escapeSign === undefined ? from(line) : from(line).replaceAll(`${escapeSign}"`, ""));
    if (found === undefined || (found === "whitespace" && line > begin)) continue;
    delimiter = found;
    skip = line;
  }
  delimiter ??= /[,;\t| ]/.test(from(begin)) ? undefined : ",";
  if (delimiter === undefined) return undefined;
  if (mayHaveTitles) skip += titlesOf(from(skip), { delimiter, names });
  const first = firstRecord(from(skip), delimiter);
  return { skip, delimiter, header: isHeader(first, options.header, names), first };
}

/** Counts the lines before the header: before the one with most of the named columns, or before the first full one. */
function titlesOf(
  text: string,
  { delimiter, names }: { readonly delimiter: string; readonly names: readonly string[] },
): number {
  if (delimiter === "whitespace") return 0;
  const wanted = new Set(names.map(plain));
  const namedIn = (fields: readonly string[]) => fields.filter((field) => wanted.has(plain(field))).length;
  // A cell of the header may have several lines.
  if (wanted.size > 0 && namedIn(firstRecord(text, delimiter)) * 2 >= wanted.size) return 0;
  const all = linesOf(text);
  const lines = all.slice(0, MOST_TITLES).map((line) => firstRecord(line, delimiter));
  const named = lines.map(namedIn);
  const most = Math.max(...named);
  if (most * 2 >= wanted.size && most > 0) return named.indexOf(most);
  const filled = (fields: readonly string[]) => fields.filter((field) => field.trim()).length;
  const counts = all.filter((line) => line.trim()).map((line) => filled(firstRecord(line, delimiter)));
  const usual = counts.sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
  if (usual < 2) return 0;
  const full = lines.findIndex((fields) => filled(fields) >= Math.max(2, usual / 2));
  return Math.max(0, full);
}

function isHeader(first: readonly string[], given: FileOptions["header"], names: readonly string[]): boolean {
  if (typeof given === "boolean") return given;
  if (given) return given.length === first.length && given.every((name, i) => plain(name) === plain(first[i]));
  const fields = new Set(first.map(plain));
  return looksLikeHeader(first) || (names.length > 0 && names.every((name) => fields.has(plain(name))));
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}
