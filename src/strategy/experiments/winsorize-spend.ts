import { winsorize } from "./winsorize.js";

/**
 * Caps the largest amounts of spend ({@link winsorize}). Returns null where so few bought that the cap would be below
 * every purchase: then all buyers would count the same, or nothing.
 *
 * @param spend From 0, shape (n,), n ≥ 1.
 * @param at Share of the customers whose spend stays as it is, in (0, 1]; 1 cuts nothing, which gives null as well.
 */
export function winsorizeSpend(
  spend: ArrayLike<number>,
  at: number,
): { readonly values: Float64Array; readonly limit: number } | null {
  if (at === 1) return null;
  const cut = winsorize(spend, { at });
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < spend.length; ++i) if (spend[i] > 0) least = Math.min(least, spend[i]);
  return cut.limit < least ? null : cut;
}
