import { requireKnownOptions } from "../errors.js";
/** Returns the sum with compensated rounding errors (Neumaier 1974). */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; ++i) {
    const next = total + values[i];
    lost += Math.abs(total) >= Math.abs(values[i]) ? total - next + values[i] : values[i] - next + total;
    total = next;
  }
  return total + lost;
}

/** Returns the arithmetic mean; NaN if there are no values. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/** Returns the weighted mean; NaN if the weights sum to zero. */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let total = 0;
  let weight = 0;
  for (let i = 0; i < values.length; ++i) {
    total += weights[i] * values[i];
    weight += weights[i];
  }
  return total / weight;
}

/**
 * Returns the variance.
 *
 * @param options.ddof What is taken off n in the denominator: 0 for a population, 1 for a sample; defaults to 0.
 */
export function variance(values: ArrayLike<number>, options: { ddof?: number } = {}): number {
  requireKnownOptions("compute variance", options, { ddof: true });
  const { ddof = 0 } = options;
  const center = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; ++i) squares += (values[i] - center) ** 2;
  return squares / (values.length - ddof);
}

/** Returns the standard deviation, the square root of {@link variance}. */
export function standardDeviation(values: ArrayLike<number>, options: { ddof?: number } = {}): number {
  return Math.sqrt(variance(values, options));
}

/** Returns the quantile at `p` of ascending values, with linear interpolation (type 7 of Hyndman and Fan 1996). */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const step = position - below;
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, sorted.length - 1)];
  // From the nearer end, so that equal neighbours give exactly their value.
  return step < 0.5 ? low + (high - low) * step : high - (high - low) * (1 - step);
}

/**
 * Returns the quantile at `p`, with linear interpolation.
 *
 * @param p In [0, 1].
 * @throws {RangeError} If `p` is outside [0, 1] or there are no values.
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(0 <= p && p <= 1)) throw new RangeError(`Cannot compute quantile: p is ${p}; expected a number in [0, 1]`);
  if (!values.length) throw new RangeError("Cannot compute quantile: there are no values; expected at least one");
  return quantileOfSorted(Float64Array.from(values).sort(), p);
}

/** Returns the logistic function 1 / (1 + exp(-x)). */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** Returns the log-odds log(p / (1 - p)). */
export function logit(p: number): number {
  return Math.log(p) - Math.log1p(-p);
}

/** Returns the standard normal distribution function at `x` (Hart 1968, as given by West 2005), to about 1e-15. */
export function normalCdf(x: number): number {
  const z = Math.abs(x);
  if (Number.isNaN(x)) return Number.NaN;
  if (z > 38.5) return x > 0 ? 1 : 0;
  const density = Math.exp((-z * z) / 2);
  let tail: number;
  if (z < 7.07106781186547) {
    tail = (density * polynomial(HART_TOP, z)) / polynomial(HART_BOTTOM, z);
  } else {
    tail = density / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))) / 2.506628274631;
  }
  return x > 0 ? 1 - tail : tail;
}

/** Returns the standard normal quantile at `p` (Wichura 1988, AS 241), to about 1e-16. */
export function normalQuantile(p: number): number {
  if (!(0 <= p && p <= 1)) {
    throw new RangeError(`Cannot compute normalQuantile: p is ${p}; expected a number in [0, 1]`);
  }
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(WICHURA_A, r)) / polynomial(WICHURA_B, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  const x =
    r <= 5
      ? polynomial(WICHURA_C, r - 1.6) / polynomial(WICHURA_D, r - 1.6)
      : polynomial(WICHURA_E, r - 5) / polynomial(WICHURA_F, r - 5);
  return q < 0 ? -x : x;
}

/** Evaluates a polynomial whose coefficients stand in ascending order of their powers. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; --i) value = value * x + coefficients[i];
  return value;
}

const HART_TOP = [
  220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165, 0.700383064443688,
  0.0352624965998911,
];
const HART_BOTTOM = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207,
  1.75566716318264, 0.0883883476483184,
];
const WICHURA_A = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const WICHURA_B = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const WICHURA_C = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const WICHURA_D = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const WICHURA_E = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const WICHURA_F = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
