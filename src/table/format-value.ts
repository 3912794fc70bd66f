import { type Conventions, DEFAULT_CONVENTIONS } from "./conventions.js";
import type { Value } from "./data-table.js";
import type { Format } from "./format.js";

/** The mark for a value that is not known. */
export const MISSING = "–";

/**
 * Writes a value as text for people. Separators and the order of a date are those of the locale; words, such as names of
 * months, are English like the sentences around them.
 *
 * @example
 * formatValue(0.7462, { kind: "percent" }); // "74.6%"
 * formatValue("2011-12-09", { kind: "date" }, { locale: "en-GB", currency: "GBP" }); // "9 Dec 2011"
 */
export function formatValue(
  value: Value,
  format: Format | undefined,
  conventions: Partial<Conventions> = DEFAULT_CONVENTIONS,
): string {
  if (value === null) return MISSING;
  if (typeof value === "number") return formatNumber(value, format, conventions);
  const { locale = DEFAULT_CONVENTIONS.locale } = conventions;
  if (format?.kind === "date") return formatDate(value, locale, { day: "numeric", month: "short", year: "numeric" });
  if (format?.kind === "month") return formatDate(value, locale, { month: "short", year: "numeric" });
  return value;
}

/**
 * Writes a number as text for people. This is the only place that rounds. NaN is a dash, infinity is ∞, the minus is the
 * mathematical one, and what rounds to zero has no sign.
 *
 * @example
 * formatNumber(-1234.5, { kind: "money" }, { locale: "en-GB", currency: "GBP" }); // "−£1,234.50"
 */
export function formatNumber(
  value: number,
  format: Format = { kind: "number" },
  { locale = DEFAULT_CONVENTIONS.locale, currency = DEFAULT_CONVENTIONS.currency }: Partial<Conventions> = {},
): string {
  if (Number.isNaN(value)) return MISSING;
  if (format.compact && !isEnglish(locale)) return compactNumber(value, format, { locale, currency });
  const number = numberFormat(locale, numberOptions(format, currency));
  if (format.kind === "points") return `${number.format(100 * value).replaceAll("-", "−")} points`;
  return number.format(value).replaceAll("-", "−");
}

function isEnglish(locale: string): boolean {
  return /^en\b/i.test(locale);
}

/** Powers of a thousand, by the letters that English has for them. */
const COMPACT_LETTERS = ["", "K", "M", "B", "T"];

/** Writes a short form with an English letter: the words that other languages have would not fit English sentences. */
function compactNumber(value: number, format: Format, { locale, currency }: Conventions): string {
  const { style, currency: code, signDisplay } = numberOptions(format, currency);
  const money = style === "currency" ? ({ style, currency: code } as const) : {};
  // What rounds to a thousand of one letter has the next: 999.9K is 1M.
  const exact = Math.abs(Number(value.toPrecision(3)));
  const power = Number.isFinite(value) && exact >= 1 ? Math.min(Math.floor(Math.log10(exact) / 3), 4) : 0;
  const number = numberFormat(locale, {
    ...{ ...money, signDisplay, minimumFractionDigits: 0, maximumSignificantDigits: 3 },
  });
  const parts = number.formatToParts(value / 1000 ** power);
  const last = parts.findLastIndex(({ type }) => type === "integer" || type === "fraction");
  return parts
    .map(({ value: text }, i) => (i === last ? text + COMPACT_LETTERS[power] : text))
    .join("")
    .replaceAll("-", "−");
}

function numberOptions(format: Format, currency: string): Intl.NumberFormatOptions {
  const { kind, digits = DIGITS[kind], trim, compact, scientific, signed, grouped = true } = format;
  return {
    ...(kind === "money" ? { style: "currency", currency } : {}),
    ...(kind === "percent" ? { style: "percent" } : {}),
    signDisplay: signed ? "exceptZero" : "negative",
    ...(grouped ? {} : { useGrouping: false }),
    ...(scientific ? { notation: "scientific" } : {}),
    ...(compact
      ? { notation: "compact", minimumFractionDigits: 0, maximumSignificantDigits: 3 }
      : digits === undefined
        ? {}
        : { minimumFractionDigits: trim ? 0 : digits, maximumFractionDigits: digits }),
  };
}

/** Digits after the decimal point where a format gives none; money has those of its currency. */
const DIGITS: Readonly<Record<Format["kind"], number | undefined>> = {
  count: 0,
  number: 2,
  money: undefined,
  percent: 1,
  points: 1,
  days: 0,
  date: 0,
  month: 0,
  text: 2,
  segment: 0,
  code: 0,
};

const numberFormats = new Map<string, Intl.NumberFormat>();

/** Making an Intl.NumberFormat costs a thousand times what using one does. */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = numberFormats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, options);
  numberFormats.set(key, format);
  return format;
}

function formatDate(text: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(/^\d{4}-\d{2}$/.test(text) ? `${text}-01T00:00:00Z` : `${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat(isEnglish(locale) ? locale : "en-GB", { ...options, timeZone: "UTC" }).format(date);
}
