/** Writes numbers as people of one locale do. */
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
}

/** Whose numbers. */
export interface NumberTextOptions {
  /** BCP 47 tag; defaults to "en-GB". */
  readonly locale?: string;
  /** ISO 4217 code; defaults to "EUR". */
  readonly currency?: string;
}

/**
 * How sentences write their numbers.
 *
 * @example
 * numberTexts({ locale: "en-GB", currency: "GBP" }).money(78762.45); // "£78,762"
 * numberTexts().exactPercent(0.995); // "99.5%"
 * numberTexts({ locale: "en-GB", currency: "GBP" }).money(78762.45, 2); // "£78,762.45"
 */
export function numberTexts({ locale = "en-GB", currency = "EUR" }: NumberTextOptions = {}): NumberTexts {
  const fixed = (digits: number, options: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(locale, { ...options, minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whole = fixed(0);
  const exact = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  const money = new Intl.NumberFormat(locale, { style: "currency", currency });
  const wholeMoney = new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 0 });
  return {
    count: (value) => whole.format(value),
    number: (value, digits = 1) => fixed(digits).format(value),
    percent: (share, digits = 1) => fixed(digits, { style: "percent" }).format(share),
    exactPercent: (share) => exact.format(share),
    money: (amount, digits) =>
      digits === undefined
        ? (Math.abs(amount) >= 1000 ? wholeMoney : money).format(amount)
        : fixed(digits, { style: "currency", currency }).format(amount),
  };
}
