import { countFormats } from "./time-formats.js";

/** Parts of the notation of spreadsheets and JavaScript, longest first, as strptime writes them. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^y{3,4}/i, "%Y"],
  [/^y{1,2}/i, "%y"],
  [/^MMMM/, "%B"],
  [/^MMM/, "%b"],
  [/^M{1,2}/, "%m"],
  [/^m{1,2}/, "%M"],
  [/^D{1,2}/i, "%d"],
  [/^H{1,2}/, "%H"],
  [/^h{1,2}/, "%I"],
  [/^S{3,6}/, "%f"],
  [/^s{1,2}/i, "%S"],
  [/^(?:AM\/PM|am\/pm|a|A)/, "%p"],
  [/^(?:Z{1,3}|XXX)/, "%z"],
];

/** Returns what is wrong with a format of times, and what to write; undefined for one that can be read. */
export function timeFormatProblem(format: string): string | undefined {
  if (format.includes("%") || Object.hasOwn(countFormats, format)) return undefined;
  const counts = Object.keys(countFormats).map((name) => `"${name}"`);
  const meant = asStrptime(format);
  const write = meant.includes("%Y") || meant.includes("%y") ? `write "${meant}"` : 'write it as "%Y-%m-%d"';
  return `"${format}" is no strptime format; ${write}, or one of ${counts.join(", ")}`;
}

/** Translates `YYYY-MM-DD HH:mm` to `%Y-%m-%d %H:%M`. */
function asStrptime(format: string): string {
  let rest = format;
  let written = "";
  while (rest) {
    const part = PARTS.map(([pattern, to]) => ({ found: pattern.exec(rest)?.[0], to })).find(({ found }) => found);
    const length = part?.found?.length ?? 1;
    // "MM" is the month in the day and the minute in the time; both ways of writing them occur.
    const to =
      part?.to === "%m" && /%[HI]:$/.test(written)
        ? "%M"
        : part?.to === "%M" && !/%[HI]/.test(written)
          ? "%m"
          : part?.to;
    written += to ?? rest.slice(0, 1);
    rest = rest.slice(length);
  }
  return written;
}
