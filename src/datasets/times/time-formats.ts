/** Formats of numbers that count time, as `timestamp_format` names them, with what they count. */
export const countFormats: Readonly<Record<string, { readonly counts: string; readonly digits: string }>> = {
  epoch: { counts: "seconds since 1970", digits: "[0-9]{9,10}(\\.[0-9]+)?" },
  epoch_ms: { counts: "milliseconds since 1970", digits: "[0-9]{12,13}" },
  epoch_us: { counts: "microseconds since 1970", digits: "[0-9]{15,16}" },
  excel: { counts: "days since 1899-12-30, as Excel counts them", digits: "[0-9]{5}(\\.[0-9]+)?" },
};

/** Formats of the times that workbooks and Parquet files hold. */
export const isoFormats: readonly string[] = [
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%dT%H:%M:%S",
  "%Y-%m-%dT%H:%M:%SZ",
  "%Y-%m-%d %H:%M",
  "%Y-%m-%d",
  "%Y-%m-%d %H:%M:%S.%f",
  "%Y-%m-%dT%H:%M:%S.%f",
  "%Y-%m-%dT%H:%M:%S.%fZ",
];

const CLOCKS = ["%H:%M:%S", "%H:%M", "%H:%M:%S.%f"];
const CLOCKS_OF_12_HOURS = ["%I:%M:%S %p", "%I:%M %p"];
const NUMERIC_DAYS = [
  ...["%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"],
  ...["%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y"],
  ...["%m/%d/%y", "%d/%m/%y", "%y/%m/%d", "%d.%m.%y", "%y.%m.%d", "%d-%m-%y", "%m-%d-%y", "%y-%m-%d"],
];
const NAMED_DAYS = [
  ...["%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d/%b/%Y"],
  ...["%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%b-%d-%Y", "%b-%d-%y"],
  ...["%a, %d %b %Y", "%A, %d %B %Y", "%a, %b %d, %Y", "%A, %B %d, %Y", "%a %b %d %Y"],
];

/** strptime formats for automatic detection, and those of {@link countFormats}. */
export const timeFormats: readonly string[] = [
  ...new Set([
    ...isoFormats,
    ...["T", " "].flatMap((gap) =>
      CLOCKS.flatMap((clock) => ["", "Z", "%z", " %z", " UTC"].map((zone) => `%Y-%m-%d${gap}${clock}${zone}`)),
    ),
    ...[...NUMERIC_DAYS, "%Y-%m-%d"].flatMap((day) => [
      day,
      ...[...CLOCKS, ...CLOCKS_OF_12_HOURS].map(after(day, " ")),
    ]),
    ...NAMED_DAYS.flatMap((day) => [
      day,
      ...[" ", ", "].flatMap((gap) => [...CLOCKS, ...CLOCKS_OF_12_HOURS].map(after(day, gap))),
    ]),
    ...["%a, %d %b %Y", "%d %b %Y"].flatMap((day) => ["%z", "GMT"].map((zone) => `${day} %H:%M:%S ${zone}`)),
    ...["%a %b %d %H:%M:%S %Y", "%d/%b/%Y:%H:%M:%S %z"],
    ...Object.keys(countFormats),
  ]),
];

function after(day: string, gap: string): (clock: string) => string {
  return (clock) => `${day}${gap}${clock}`;
}

/** Returns true for a format with an offset from UTC, which the engine reads as another type of time. */
export function hasOffset(format: string): boolean {
  return /%z/i.test(format);
}

/** The part that comes first in a numeric day, where texts of the three orders look alike. */
export type DayOrder = "day" | "month" | "year";

/** Returns which part of a day comes first in a format; undefined if the format leaves no doubt, as with a year of four digits in front. */
export function dayOrder(format: string): DayOrder | undefined {
  const first = /^%([dmy])[^%]+%[dm][^%]+%[dyY]/.exec(format)?.[1];
  return first === "d" ? "day" : first === "m" ? "month" : first === "y" ? "year" : undefined;
}

/** Returns the known formats that differ from one in the order of day, month and year only. */
export function rivalFormats(format: string): string[] {
  if (dayOrder(format) === undefined) return [];
  const shape = shapeOf(format);
  return timeFormats.filter((other) => other !== format && dayOrder(other) !== undefined && shapeOf(other) === shape);
}

/** The format with its numeric parts of the day alike; years of two digits look as days do. */
function shapeOf(format: string): string {
  return format.replace(/%[dmy]/g, "%#");
}

/** What the parts of a format look like, so that a text is compared with few formats. */
const PATTERNS: Readonly<Record<string, string>> = {
  ...{ Y: "\\d{1,4}", y: "\\d{1,2}", m: "\\d{1,2}", d: "\\d{1,2}", H: "\\d{1,2}", I: "\\d{1,2}", M: "\\d{1,2}" },
  ...{ S: "\\d{1,2}", f: "\\d{1,9}", p: "[ap]m", b: "[a-z]{3}", B: "[a-z]{3,9}", a: "[a-z]{3}", A: "[a-z]{6,9}" },
  z: "[-+]\\d{2}:?(\\d{2})?",
};

const patterns = timeFormats.map((format) => {
  const count = countFormats[format]?.digits;
  const source = format
    .replace(/[.\\]/g, "\\$&")
    .replaceAll(" ", " +")
    .replace(/%(\w)/g, (_, part: string) => PATTERNS[part]);
  return { format, pattern: new RegExp(`^(?:${count ?? source})$`, "i") };
});

/** Returns the known formats that some of the texts look like; not all of them need read a text. */
export function formatsLike(texts: readonly string[]): string[] {
  return patterns.filter(({ pattern }) => texts.some((text) => pattern.test(text))).map(({ format }) => format);
}
