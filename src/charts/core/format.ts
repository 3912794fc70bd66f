/** How a raw value becomes text. Shares are in [0, 1]; money is in the report's currency; dates are `YYYY-MM-DD`. */
export interface Format {
  readonly kind: "money" | "count" | "number" | "share" | "days" | "date" | "month" | "text" | "segment" | "code";
  /** Digits after the decimal point; defaults to 2 for money and numbers, 1 for shares, 0 for counts and days. */
  readonly decimals?: number;
  /** Short form of three digits, such as 1.16M; `decimals` is ignored. Defaults to false. */
  readonly compact?: boolean;
  /** Write a plus before positive numbers; defaults to false. */
  readonly signed?: boolean;
}

/** Whose conventions numbers and dates follow. */
export interface Conventions {
  /** A BCP 47 tag, for example "en-GB". */
  readonly locale: string;
  /** An ISO 4217 code, for example "GBP". */
  readonly currency: string;
}

/** A raw value, or nothing. */
export type Value = string | number | null;

/** One column of the table behind a chart, or of a table in a report. */
export interface Column {
  readonly label: string;
  /** Defaults to text. */
  readonly format?: Format;
}

/** Raw values with the columns that say how to write them. */
export interface DataTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
}

/** The mark for a value that is not there. */
export const MISSING = "–";

/**
 * Writes a value as text for people. This is the only place that rounds.
 *
 * @example
 * formatValue(0.7462, {kind: "share"}, {locale: "en-GB", currency: "GBP"}); // "74.6%"
 */
export function formatValue(value: Value, format: Format | undefined, { locale, currency }: Conventions): string {
  if (value === null || (typeof value === "number" && Number.isNaN(value))) return MISSING;
  if (typeof value === "string") {
    if (format?.kind === "date") return formatDate(value, locale, { day: "numeric", month: "short", year: "numeric" });
    if (format?.kind === "month") return formatDate(value, locale, { month: "short", year: "numeric" });
    return value;
  }
  return numberFormat(locale, numberOptions(format ?? { kind: "number" }, currency)).format(value);
}

/** Whether a column of this format holds numbers, which are aligned to the right. */
export function isNumeric(format: Format | undefined): boolean {
  return !["text", "segment", "code", "date", "month"].includes(format?.kind ?? "text");
}

function numberOptions({ kind, decimals, compact, signed }: Format, currency: string): Intl.NumberFormatOptions {
  const byKind = kind === "money" || kind === "number" || kind === "text" ? 2 : kind === "share" ? 1 : 0;
  const digits = decimals ?? byKind;
  return {
    ...(kind === "money" ? { style: "currency", currency } : {}),
    ...(kind === "share" ? { style: "percent" } : {}),
    ...(signed ? { signDisplay: "exceptZero" } : {}),
    ...(compact
      ? { notation: "compact", minimumFractionDigits: 0, maximumSignificantDigits: 3 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  };
}

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
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(date);
}
