/** log Γ(z + n) - log Γ(z) for whole n, with its slope in z, by sums that are kept until z changes. */
export interface LogRisingFactorialTable {
  readonly value: readonly number[];
  readonly slope: readonly number[];
  /** Makes entries 0 … n of `value` and `slope` hold for z. */
  extend(z: number, n: number): void;
}

export function logRisingFactorialTable(): LogRisingFactorialTable {
  const value = [0];
  const slope = [0];
  let known = Number.NaN;
  return {
    value,
    slope,
    extend(z, n) {
      if (z !== known) {
        value.length = slope.length = 1;
        known = z;
      }
      for (let i = value.length - 1; i < n; ++i) {
        value.push(value[i] + Math.log(z + i));
        slope.push(slope[i] + 1 / (z + i));
      }
    },
  };
}

/**
 * log B(a, b + n) - log B(a, b) for whole n: the log-chance to survive n draws whose probability of failure is
 * Beta(a, b). Summed as log(1 - a / (a + b + i)), it keeps its precision where a is tiny or b is huge.
 */
export interface LogSurvivalTable {
  readonly value: readonly number[];
  readonly slopeA: readonly number[];
  readonly slopeB: readonly number[];
  /** Makes entries 0 … n hold for (a, b). */
  extend(a: number, b: number, n: number): void;
}

export function logSurvivalTable(): LogSurvivalTable {
  const value = [0];
  const slopeA = [0];
  const slopeB = [0];
  let knownA = Number.NaN;
  let knownB = Number.NaN;
  return {
    value,
    slopeA,
    slopeB,
    extend(a, b, n) {
      if (a !== knownA || b !== knownB) {
        value.length = slopeA.length = slopeB.length = 1;
        knownA = a;
        knownB = b;
      }
      for (let i = value.length - 1; i < n; ++i) {
        value.push(value[i] - Math.log1p(a / (b + i)));
        slopeA.push(slopeA[i] - 1 / (a + b + i));
        slopeB.push(slopeB[i] + a / ((b + i) * (a + b + i)));
      }
    },
  };
}
