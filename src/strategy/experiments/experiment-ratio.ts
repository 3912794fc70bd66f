/** A number and the bounds that it is believed to lie in. */
export interface Bounded {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Computes the change from `b` to `a` relative to `b`, with bounds that include the uncertainty of `b`: the method of
 * variance estimates recovery (Donner & Zou 2012), which with normal bounds is Fieller's. They have the sign of the
 * change just where the bounds of the difference do. What is measured is never below 0, so nothing falls by more than
 * all of it.
 *
 * @returns NaN where `b` is not above 0; an infinite upper bound where `b` may be 0.
 *
 * @example
 * relativeChange({ value: 12, lower: 11, upper: 13 }, { value: 10, lower: 9, upper: 11 }).value.toFixed(2); // "0.20"
 */
export function relativeChange(a: Bounded, b: Bounded): Bounded {
  const [p, q] = [a.value, b.value];
  if (!(q > 0)) return { value: Number.NaN, lower: Number.NaN, upper: Number.NaN };
  // Never below 0 but by rounding.
  const root = (product: number) => Math.sqrt(Math.max(0, (p * q) ** 2 - product));
  const lowA = a.lower * (2 * p - a.lower);
  const highB = b.upper * (2 * q - b.upper);
  const lower = p <= 0 || lowA <= 0 ? 0 : lowA / (p * q + root(lowA * highB));
  const highA = a.upper * (2 * p - a.upper);
  const lowB = b.lower * (2 * q - b.lower);
  const upper = lowB > 0 ? (p * q + root(highA * lowB)) / lowB : Number.POSITIVE_INFINITY;
  // What is left of a mean without what was foreseeable may be below 0.
  return { value: Math.max(0, p / q) - 1, lower: lower - 1, upper: Math.max(0, upper) - 1 };
}
