/**
 * A seeded random number generator. The stream is xoshiro128** seeded by splitmix32: the same seed gives the same draws
 * on every machine.
 */
export interface Random {
  /** Returns a uniform number in [0, 1) with 53 random bits. */
  uniform(): number;
  /**
   * Returns an independent generator named by `label`; it does not depend on how many numbers this one has returned.
   */
  fork(label: string | number): Random;
}

/**
 * Creates a random number generator.
 *
 * @param seed An integer in [0, 2^53).
 *
 * @example
 * const random = createRandom(7);
 * integer(random, 6) + 1; // a die
 */
export function createRandom(seed: number): Random {
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new RangeError(`Cannot create a random source: seed is ${seed}; expected an integer of at least 0`);
  }
  return fromState(seed >>> 0, Math.floor(seed / 2 ** 32));
}

function fromState(low: number, high: number): Random {
  // Each half of the seed fills half of the state, so that sources differ wherever their 64 bits do.
  const [a0, b0] = mixedPair(low);
  const [c0, d0] = mixedPair(high ^ 0x9e3779b9);
  let a = a0;
  let b = b0;
  let c = c0;
  let d = d0;
  if ((a | b | c | d) === 0) d = 1;
  const bits = () => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  return {
    uniform: () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992,
    fork: (label) => fromState(hash(String(label), low), hash(String(label), high ^ 0x5bd1e995)),
  };
}

/** Returns two steps of splitmix32. */
function mixedPair(seed: number): [number, number] {
  const mix = (state: number) => {
    let z = state >>> 0;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return [mix(seed + 0x9e3779b9), mix(seed + 2 * 0x9e3779b9)];
}

/** Returns the FNV-1a hash with a final mix. */
function hash(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; ++i) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Returns a uniform integer from 0 to `bound` - 1. */
export function integer(random: Random, bound: number): number {
  return Math.floor(random.uniform() * bound);
}

/** Draws true with probability `p`. */
export function bernoulli(random: Random, p: number): boolean {
  return random.uniform() < p;
}

/** Returns an exponential random number with mean 1 / `rate`. */
export function exponential(random: Random, rate: number): number {
  return -Math.log1p(-random.uniform()) / rate;
}

/** Returns a standard normal random number (Box and Muller 1958; only one of the pair is used). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log1p(-random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** Returns a gamma random number with mean `shape` / `rate` (Marsaglia and Tsang 2000). */
export function gamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) return gamma(random, shape + 1, rate) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normal(random);
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log1p(-random.uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return (d * v) / rate;
  }
}

/** Returns a beta random number with mean `a` / (`a` + `b`). */
export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a, 1);
  return x / (x + gamma(random, b, 1));
}

/** Returns a Poisson random number, by products of uniforms in steps of at most 500, so that the mean may be large. */
export function poisson(random: Random, mean: number): number {
  let count = 0;
  let left = mean;
  while (left > 0) {
    const step = Math.min(left, 500);
    const limit = Math.exp(-step);
    for (let product = 1 - random.uniform(); product > limit; product *= 1 - random.uniform()) ++count;
    left -= step;
  }
  return count;
}

/** Returns a random index with probability proportional to its weight. */
export function weighted(random: Random, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; ++i) total += weights[i];
  let left = random.uniform() * total;
  for (let i = 0; i < weights.length - 1; ++i) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** Returns a shuffled copy (Fisher and Yates). */
export function shuffled<T>(random: Random, values: ArrayLike<T>): T[] {
  const result = Array.from(values);
  for (let i = result.length - 1; i > 0; --i) {
    const j = integer(random, i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
