/**
 * Returns the expected purchases in t units of time of an active customer whose purchase rate is Gamma(r, alpha) and
 * who leaves after a purchase with a probability that is Beta(a, b): Fader, Hardie & Lee 2005, eq. 9, without its Gauss
 * hypergeometric function, which fails where a + b is below 1, cancels where a nears 1 and crawls where t is long
 * against alpha. With a = 0 nobody leaves: the NBD.
 */
export function betaGeoExpectation(r: number, alpha: number, a: number, b: number, t: number): number {
  if (a === 0) return (r / alpha) * t;
  if (t === 0) return 0;
  const span = t / alpha;
  // The sum needs about as many terms, each a tenth of the work of one of the integral's few hundred nodes.
  return (40 + r) * (1 + span) < 1500 ? bySum(r, a, b, span) : byIntegral(r, a, b, span);
}

/**
 * Returns Σ P(K = k) Σ S(j) over j < k, where K purchases would be made by one who never leaves, K being negative
 * binomial, and purchase j + 1 is made if the customer outlived the first j, which has probability S(j) = B(a, b + j) /
 * B(a, b). All terms are positive and none divides by a - 1, unlike those of the paper, which this equals (Euler's
 * transformation of the hypergeometric function).
 */
function bySum(r: number, a: number, b: number, span: number): number {
  const z = span / (1 + span);
  let term = 1;
  let survival = 1;
  let made = 0;
  let sum = 0;
  for (let k = 0; ; ++k) {
    const ratio = (z * (r + k)) / (k + 1);
    term *= ratio;
    made += survival;
    survival *= (b + k) / (a + b + k);
    sum += term * made;
    if (ratio < 1 && term * (made + 1 / (1 - ratio)) < 1e-16 * sum * (1 - ratio)) break;
    if (sum === 0) break;
  }
  return Math.exp(-r * Math.log1p(span) + Math.log(sum));
}

/**
 * Returns the mean of (1 - (1 + p span)⁻ʳ) / p, what is expected of one who leaves with probability p, over p from
 * Beta(a, b).
 *
 * On y = log(p / (1 - p)) the integrand is analytic to π on either side of the line, so that a sum at equal steps
 * converges exponentially (Trefethen & Weideman 2014, SIAM Review 56(3), section 5), whatever the parameters. Where p
 * is next to 0 or 1 its terms are geometric, and those to infinity are added in closed form.
 */
function byIntegral(r: number, a: number, b: number, span: number): number {
  const middle = Math.log(a / b);
  const mode = a / (a + b);
  const step = Math.min(0.2, 0.5 * Math.sqrt(1 / a + 1 / b));
  let value = 0;
  let weights = 0;
  let weight = 1;
  let term = 1;
  const add = (beyond: number) => {
    const p = 1 / (1 + Math.exp(-(middle + beyond)));
    weight = Math.exp(a * beyond - (a + b) * Math.log1p(mode * Math.expm1(beyond)));
    weights += weight;
    term = (weight * -Math.expm1(-r * Math.log1p(p * span))) / p;
    value += term;
  };
  const matters = () => weight > 1e-20 * weights || term > 1e-20 * value;
  add(0);
  const right = 40 + Math.log1p(r + a + b) - middle;
  for (let k = 1; matters(); ++k) {
    add(k * step);
    if (k * step < right) continue;
    const rest = weight / Math.expm1(b * step);
    weights += rest;
    value += rest * -Math.expm1(-r * Math.log1p(span));
    break;
  }
  term = value; // The other side begins at the middle again.
  const left = 40 + Math.log1p((1 + r) * span + a + b) + middle;
  for (let k = 1; matters(); ++k) {
    add(-k * step);
    if (k * step < left) continue;
    const rest = weight / Math.expm1(a * step);
    weights += rest;
    value += rest * r * span;
    break;
  }
  return value / weights;
}
