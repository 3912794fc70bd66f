import type { OptionNames } from "../errors.js";

/** Conventions for writing numbers, dates and money. */
export interface Conventions {
  /** A BCP 47 tag, for example "en-GB". */
  readonly locale: string;
  /** An ISO 4217 code, for example "GBP". */
  readonly currency: string;
}

/** Conventions used where a caller gives none. */
export const DEFAULT_CONVENTIONS: Conventions = { locale: "en-GB", currency: "EUR" };

/** The names of {@link Conventions}, for functions that take them among their options. */
export const CONVENTION_NAMES: OptionNames<Conventions> = { locale: true, currency: true };

/**
 * Returns the short symbol of a currency, which may be that of others too; its code if it has none.
 *
 * @example
 * currencySymbol("USD"); // "$"
 */
export function currencySymbol(currency: string): string {
  const parts = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(0);
  return parts.find(({ type }) => type === "currency")?.value ?? currency;
}
