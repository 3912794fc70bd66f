import { betaFraction } from "../../../numeric/index.js";

/**
 * Returns P(K > k) of a count K that is negative binomial, Poisson with a rate that is Gamma(r, 1) times `span`: the
 * incomplete beta function I_z(k + 1, r) with z = span / (1 + span) (DLMF 8.17.5), by its continued fraction (8.17.22),
 * which takes no more steps where z nears 1, as a sum over the tail would.
 *
 * @param next P(K = k + 1).
 */
export function negativeBinomialTail(k: number, r: number, span: number, next: number): number {
  if (next === 0) return k + 1 < r * span ? 1 : 0;
  const z = span / (1 + span);
  // On its far side the fraction converges slowly, and that of the complement fast.
  if (z < (k + 2) / (k + r + 3)) return next * betaFraction(z, k + 1, r);
  return 1 - ((next * (k + 1)) / r) * betaFraction(1 / (1 + span), r, k + 1);
}
