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
