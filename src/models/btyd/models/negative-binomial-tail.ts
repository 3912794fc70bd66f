/**
 * P(K > k) of a count K that is negative binomial, Poisson with a rate that is Gamma(r, 1) times `span`: the incomplete
 * beta function I_z(k + 1, r) with z = span / (1 + span) (DLMF 8.17.5), by its continued fraction (8.17.22), which takes
 * no more steps where z nears 1, as a sum over the tail would.
 *
 * @param next P(K = k + 1).
 */
export function negativeBinomialTail(k: number, r: number, span: number, next: number): number {
  if (next === 0) return k + 1 < r * span ? 1 : 0;
  const z = span / (1 + span);
  // On its far side the fraction converges slowly, and that of the complement fast.
  if (z < (k + 2) / (k + r + 3)) return next * fraction(k + 1, r, z);
  return 1 - ((next * (k + 1)) / r) * fraction(r, k + 1, 1 / (1 + span));
}

/** I_x(a, b) / (xᵃ (1 - x)ᵇ / (a B(a, b))), by Lentz's evaluation of DLMF 8.17.22. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; ++m) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}
