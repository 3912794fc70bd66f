/** Conventions for writing numbers, dates and money. */
export interface Conventions {
  /** A BCP 47 tag, for example "en-GB". */
  readonly locale: string;
  /** An ISO 4217 code, for example "GBP". */
  readonly currency: string;
}

/** Conventions used where a caller gives none. */
export const DEFAULT_CONVENTIONS: Conventions = { locale: "en-GB", currency: "EUR" };
