import type { Conventions } from "./conventions.js";
import { formatNumber, formatValue } from "./format-value.js";

/** Writes numbers by one set of conventions. */
export interface NumberTexts {
  /** A whole number with its separators. */
  readonly count: (value: number) => string;
  /** A number with so many digits after the point; one by default. */
  readonly number: (value: number, digits?: number) => string;
  /** A share in [0, 1] as a percentage; one digit after the point by default. */
  readonly percent: (share: number, digits?: number) => string;
  /** A share in [0, 1] as a percentage with the digits that it has, two after the point at most: 95%, 99.5%. */
  readonly exactPercent: (share: number) => string;
  /** An amount of the currency; without `digits` after the point it is whole from 1,000 on. */
  readonly money: (amount: number, digits?: number) => string;
  /** A calendar day. */
  readonly day: (day: string) => string;
}

/**
 * Returns the formats that sentences use, bound to conventions. Days are `YYYY-MM-DD`, as options take them: for pages see
 * {@link pageTexts}.
 *
 * @example
 * numberTexts({ locale: "en-GB", currency: "GBP" }).money(78762.45); // "£78,762"
 * numberTexts().exactPercent(0.995); // "99.5%"
 * numberTexts({ locale: "en-GB", currency: "GBP" }).money(78762.45, 2); // "£78,762.45"
 */
export function numberTexts(conventions: Partial<Conventions> = {}): NumberTexts {
  return {
    count: (value) => formatNumber(value, { kind: "count" }, conventions),
    number: (value, digits = 1) => formatNumber(value, { kind: "number", digits }, conventions),
    percent: (share, digits = 1) => formatNumber(share, { kind: "percent", digits }, conventions),
    exactPercent: (share) => formatNumber(share, { kind: "percent", digits: 2, trim: true }, conventions),
    money: (amount, digits = Math.abs(amount) >= 1000 ? 0 : undefined) =>
      formatNumber(amount, { kind: "money", ...(digits === undefined ? {} : { digits }) }, conventions),
    day: (day) => day,
  };
}

/**
 * Returns the formats that the sentences of pages use, where days are written as in tables and charts.
 *
 * @example
 * pageTexts({ locale: "en-GB" }).day("2011-12-09"); // "9 Dec 2011"
 */
export function pageTexts(conventions: Partial<Conventions> = {}): NumberTexts {
  return { ...numberTexts(conventions), day: (day) => formatValue(day, { kind: "date" }, conventions) };
}

/**
 * Returns the number formats of texts in files that programs read: one notation whatever the locale, in the dataset's
 * currency.
 *
 * @example
 * fileTexts({ currency: "EUR" }).money(1234.5); // "€1,235"
 */
export function fileTexts({ currency }: Pick<Conventions, "currency">): NumberTexts {
  return numberTexts({ currency });
}
