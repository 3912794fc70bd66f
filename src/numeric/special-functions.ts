const HALF_LOG_TWO_PI = 0.9189385332046727;

/**
 * Returns the natural logarithm of the gamma function, for z > 0 (Stirling's series after shifting z above 10; DLMF
 * 5.5.1, 5.11.1).
 */
export function logGamma(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return z;
  let shift = 0;
  let product = 1;
  for (; z < 10; z += 1) {
    product *= z;
    // Only tiny z could make the product underflow.
    if (product < 1e-200) {
      shift += Math.log(product);
      product = 1;
    }
  }
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + stirlingRest(z) - Math.log(product) - shift;
}

/** Returns the remainder of Stirling's formula for log Γ(z): Σ B₂ₖ / (2k (2k-1) z²ᵏ⁻¹), for z >= 10 (DLMF 5.11.1). */
function stirlingRest(z: number): number {
  const w = 1 / (z * z);
  return (
    (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360360 - w * (1 / 156))))))) / z
  );
}

/** Returns the digamma function, the derivative of {@link logGamma}, for z > 0 (DLMF 5.5.2, 5.11.2). */
export function digamma(z: number): number {
  let shift = 0;
  for (; z < 10; z += 1) shift += 1 / z;
  return Math.log(z) - 0.5 / z - digammaRest(z) - shift;
}

/** Returns Σ B₂ₖ / (2k z²ᵏ), for z >= 10 (DLMF 5.11.2). */
function digammaRest(z: number): number {
  const w = 1 / (z * z);
  return (
    w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - w * (691 / 32760 - w * (1 / 12)))))))
  );
}

/**
 * Returns the logarithm of the rising factorial, log Γ(z + a) - log Γ(z), for z > 0, a >= 0, without cancellation where
 * z is large (difference of DLMF 5.11.1).
 */
export function logRisingFactorial(z: number, a: number): number {
  if (z < 10) return logGamma(z + a) - logGamma(z);
  return a * Math.log(z) + (z + a - 0.5) * Math.log1p(a / z) - a + stirlingRest(z + a) - stirlingRest(z);
}

/**
 * Returns digamma(z + a) - digamma(z) for z > 0, a >= 0, without cancellation where z is large (difference of DLMF
 * 5.11.2).
 */
export function digammaDifference(z: number, a: number): number {
  if (z < 10) return digamma(z + a) - digamma(z);
  return Math.log1p(a / z) + (0.5 * a) / (z * (z + a)) - digammaRest(z + a) + digammaRest(z);
}

/** Returns Q(a, x), the regularized upper incomplete gamma function (DLMF 8.11.4 below a + 1, 8.9.2 above). */
export function regularizedUpperGamma(a: number, x: number): number {
  if (!(x > 0)) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; term > sum * 1e-17; ++k) sum += term *= x / (a + k);
    return 1 - front * sum;
  }
  // Lentz's evaluation of the continued fraction.
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1, change = 0; Math.abs(change - 1) > 1e-16 && k < 10_000; ++k) {
    const numerator = k * (a - k);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    change = c * d;
    fraction *= change;
  }
  return front * fraction;
}

/**
 * Returns exp(z) Γ(a, z), the scaled upper incomplete gamma function, for z > 0 and any real a. It equals Tricomi's U(1
 * - a, 1 - a, z) (DLMF 13.6.6).
 */
export function scaledUpperGamma(a: number, z: number): number {
  return z ** a * upperGammaRatio(a, z);
}

/**
 * Returns exp(z) Γ(a, z) / zᵃ for z > 0 and any real a: finite where zᵃ is not. With t = z exp(y) in DLMF 8.2.2 the
 * integrand has no singularity left.
 */
export function upperGammaRatio(a: number, z: number): number {
  const integrand = (y: number) => Math.exp(a * y - z * Math.expm1(y));
  // Beyond the peak the integrand falls at least as fast as the double exponential does.
  let end = 40 / (40 + Math.abs(a) + z);
  while (a * end - z * Math.expm1(end) > -40 && end < 1000) end *= 1.25;
  return integrate(integrand, 0, end, Math.max(8, Math.ceil(2 * end)));
}

/** Nodes and weights of a quadrature rule on [-1, 1]. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, Quadrature>();

/**
 * Returns the Gauss-Legendre rule of n nodes: exact for polynomials up to degree 2n - 1 (Newton's method; DLMF 3.5.15,
 * 18.9).
 */
export function gaussLegendre(n: number): Quadrature {
  const known = rules.get(n);
  if (known) return known;
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 1, round = 0; Math.abs(step) > 1e-16 && round < 20; ++round) {
      let last = 1;
      let value = x;
      for (let k = 2; k <= n; ++k) [last, value] = [value, ((2 * k - 1) * x * value - (k - 1) * last) / k];
      slope = (n * (x * value - last)) / (x * x - 1);
      step = value / slope;
      x -= step;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  const rule = { nodes, weights };
  rules.set(n, rule);
  return rule;
}

/**
 * Returns the integral of a smooth function over [from, to], by 16 Gauss-Legendre nodes in each of `panels` equal
 * parts.
 */
export function integrate(integrand: (t: number) => number, from: number, to: number, panels: number): number {
  const { nodes, weights } = gaussLegendre(16);
  const half = (to - from) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; ++panel) {
    const middle = from + (2 * panel + 1) * half;
    for (let i = 0; i < 16; ++i) sum += weights[i] * integrand(middle + half * nodes[i]);
  }
  return sum * half;
}
