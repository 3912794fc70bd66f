import { niceTicks } from "./ticks.js";

/** Axis of a box plot in three dimensions: positions of values and labels. */
export interface BoxAxis {
  readonly isLog: boolean;
  /** Returns the position from 0 (low end) to 1 (high end); values outside are clamped. */
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Ratio of maximum to median from which the axis is logarithmic. */
const HEAVY_TAIL = 8;

/**
 * Returns an axis for the values: linear from 0, or logarithmic for a heavy tail. With zeros, the logarithm is of 1 + value
 * and negative values are at the low end.
 */
export function boxAxis(values: ArrayLike<number>): BoxAxis {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const positive = sorted.filter((value) => value > 0);
  const most = positive[positive.length - 1] ?? 1;
  if (positive.length && most > HEAVY_TAIL * positive[Math.floor(positive.length / 2)]) {
    return logAxis(Math.max(0, sorted[0]), most);
  }
  const ticks = niceTicks(Math.min(0, sorted[0] ?? 0), most, 5);
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  return { isLog: false, place: (value) => clamp((value - low) / (high - low)), ticks };
}

function logAxis(least: number, most: number): BoxAxis {
  const shift = least > 0 ? 0 : 1;
  const low = Math.log10(least + shift);
  const high = Math.log10(most + shift) + 0.02;
  const place = (value: number) => clamp((Math.log10(Math.max(value, least) + shift) - low) / (high - low));
  const first = Math.floor(low);
  const factors = high - low > 3 ? [1] : [1, 3];
  const powers = Array.from({ length: Math.ceil(high) - first + 1 }, (_, i) => 10 ** (first + i));
  const ticks = powers
    .flatMap((power) => factors.map((factor) => Number((factor * power).toPrecision(12))))
    .filter((tick) => tick >= least && tick <= most);
  return { isLog: true, place, ticks: shift ? [0, ...ticks] : ticks };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
