import { type OptionNames, requireKnownOptions } from "../errors.js";
import { argsort, asFloats, checkedWeights, requireFinite, requireRows } from "../numeric/index.js";
import { type FitOptions, fitOptions } from "./calibration-data.js";
import type { IsotonicCalibrator } from "./calibrator.js";
import { withCalibratorCard } from "./calibrator-card.js";

/** Options of an isotonic fit. */
export interface IsotonicOptions extends FitOptions {
  /** Lower bound of the fitted values; defaults to -Infinity. */
  yMin?: number;
  /** Upper bound of the fitted values; defaults to Infinity. */
  yMax?: number;
  /** False fits a function that never rises; defaults to true. */
  increasing?: boolean;
  /** Handling of scores outside the fitted range; defaults to "clip", the nearest fitted value. */
  outOfRange?: "clip" | "nan" | "raise";
}

const isotonicOptions: OptionNames<IsotonicOptions> = {
  ...fitOptions,
  yMin: true,
  yMax: true,
  increasing: true,
  outOfRange: true,
};

/**
 * Fits an isotonic regression, the nondecreasing function of the scores with the least squared error (pool adjacent
 * violators; Ayer et al. 1955). Rows with one score share one value; between scores it is a straight line.
 *
 * @param yScore Raw scores, shape (n,).
 * @param yTrue Labels of 0 and 1, or any numbers, shape (n,).
 * @throws {RangeError} If the lengths differ, a value is not finite, or `yMin` is above `yMax`.
 *
 * @example
 * applyCalibrator(fitIsotonic([1, 2, 3, 4, 5, 6, 7], [3, 7, 5, 9, 8, 7, 10]), [2, 2.5, 9]); // [6, 6, 10]
 */
export function fitIsotonic(
  yScore: ArrayLike<number>,
  yTrue: ArrayLike<number>,
  options: IsotonicOptions = {},
): IsotonicCalibrator {
  requireKnownOptions("compute fitIsotonic", options, isotonicOptions);
  const { sampleWeight, increasing = true, outOfRange = "clip" } = options;
  const { yMin = Number.NEGATIVE_INFINITY, yMax = Number.POSITIVE_INFINITY } = options;
  requireRows("fitIsotonic", { yScore, yTrue });
  requireFinite("fitIsotonic", { yScore, yTrue });
  if (!(yMin <= yMax)) {
    throw new RangeError(`Cannot compute fitIsotonic: yMin is ${yMin} and yMax is ${yMax}; expected yMin ≤ yMax`);
  }
  const weights = checkedWeights("fitIsotonic", sampleWeight, yTrue.length);
  const points = pointsOf(asFloats(yScore), asFloats(yTrue), weights);
  const sign = increasing ? 1 : -1;
  const knots = poolAdjacentViolators(points, sign);
  const y = knots.y.map((value) => Math.min(Math.max(value, yMin), yMax));
  return withCalibratorCard({ kind: "isotonic", ...withoutInnerPoints(knots.x, y), outOfRange }, yTrue.length);
}

interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** Returns one point per distinct score: its weight and its weighted mean label. */
function pointsOf(scores: Float64Array, labels: Float64Array, weights: Float64Array | undefined): Points {
  const order = argsort(scores);
  const x = new Float64Array(order.length);
  const y = new Float64Array(order.length);
  const weight = new Float64Array(order.length);
  let n = 0;
  for (let at = 0; at < order.length; ) {
    const score = scores[order[at]];
    let total = 0;
    let ownWeight = 0;
    for (; at < order.length && scores[order[at]] === score; ++at) {
      const w = weights ? weights[order[at]] : 1;
      total += w * labels[order[at]];
      ownWeight += w;
    }
    if (!(ownWeight > 0)) continue;
    x[n] = score;
    y[n] = total / ownWeight;
    weight[n] = ownWeight;
    ++n;
  }
  return { x: x.subarray(0, n), y: y.subarray(0, n), weight: weight.subarray(0, n) };
}

/**
 * Returns the ends of the constant blocks of the nondecreasing (sign 1) or nonincreasing (sign -1) fit: adjacent
 * violators are pooled into their mean until there are none. Overwrites the points' arrays.
 */
function poolAdjacentViolators({ x, y, weight }: Points, sign: 1 | -1): { x: number[]; y: number[] } {
  const starts = new Uint32Array(y.length);
  let last = -1; // y, weight and starts hold the blocks up to here
  for (let i = 0; i < x.length; ++i) {
    let mean = y[i];
    let own = weight[i];
    let start = i;
    while (last >= 0 && sign * y[last] >= sign * mean) {
      mean = (weight[last] * y[last] + own * mean) / (weight[last] + own);
      own += weight[last];
      start = starts[last--];
    }
    ++last;
    y[last] = mean;
    weight[last] = own;
    starts[last] = start;
  }
  const knots = { x: [] as number[], y: [] as number[] };
  for (let block = 0; block <= last; ++block) {
    const end = block < last ? starts[block + 1] - 1 : x.length - 1;
    for (const at of end > starts[block] ? [starts[block], end] : [end]) {
      knots.x.push(x[at]);
      knots.y.push(y[block]);
    }
  }
  return knots;
}

/** Removes the points inside constant blocks, which do not change the function. */
function withoutInnerPoints(x: readonly number[], y: readonly number[]): { x: number[]; y: number[] } {
  const kept = x.map((_, i) => i === 0 || i === x.length - 1 || y[i - 1] !== y[i] || y[i] !== y[i + 1]);
  return { x: x.filter((_, i) => kept[i]), y: y.filter((_, i) => kept[i]) };
}
