/**
 * Format of a raw value as text. Shares are in [0, 1], and points are differences of shares; money is in the currency
 * of the conventions; dates are `YYYY-MM-DD`.
 */
export interface Format {
  readonly kind:
    | "count"
    | "number"
    | "money"
    | "percent"
    | "points"
    | "days"
    | "date"
    | "month"
    | "text"
    | "segment"
    | "code";
  /** Digits after the decimal point; defaults to 2 for numbers, 1 for percentages and points, the currency's own for money, else 0. */
  readonly digits?: number;
  /** Drops zeros at the end, so that `digits` is a maximum; defaults to false. */
  readonly trim?: boolean;
  /** Short form of three digits, such as 1.16M; `digits` is ignored. Defaults to false. */
  readonly compact?: boolean;
  /** With an exponent, such as 2.0E−5; defaults to false. */
  readonly scientific?: boolean;
  /** Writes a plus before positive numbers; defaults to false. */
  readonly signed?: boolean;
  /** Separates thousands; defaults to true. */
  readonly grouped?: boolean;
}

/** Kinds whose values are text. */
const TEXT_KINDS: readonly Format["kind"][] = ["text", "segment", "code", "date", "month"];

/** Returns true for a format of numbers, which are aligned to the right. No format means text. */
export function isNumeric(format: Format | undefined): boolean {
  return !TEXT_KINDS.includes(format?.kind ?? "text");
}
