import type { UpliftCurve } from "./uplift-curve.js";

/**
 * Returns (area under the curve - area under the random line) / (area under the perfect curve - area under the random
 * line).
 */
export function normalizedUpliftArea(caller: string, curve: UpliftCurve, perfect: UpliftCurve): number {
  const best = areaOverRandom(perfect);
  const scale = perfect.counts[perfect.counts.length - 1] * Math.max(...perfect.gain.map(Math.abs), Number.MIN_VALUE);
  if (!(best > 1e-12 * scale)) {
    throw new RangeError(
      `Cannot compute ${caller}: no order of these outcomes beats a random one; expected outcomes that differ`,
    );
  }
  return areaOverRandom(curve) / best;
}

function areaOverRandom({ counts, gain }: UpliftCurve): number {
  let area = 0;
  for (let i = 1; i < counts.length; ++i) area += ((counts[i] - counts[i - 1]) * (gain[i] + gain[i - 1])) / 2;
  const last = counts.length - 1;
  return area - (counts[last] * gain[last]) / 2;
}
