import { createRandom, quantileOfSorted, requireInteger, standardDeviation } from "../numeric/index.js";
import type { BootstrapInterval } from "./bootstrap-interval.js";
import type { JudgedCut } from "./judged-cut.js";
import { drawUnits } from "./resample.js";

/** Losses of the rows of one day, by candidate. */
export interface RowLosses {
  readonly groups: JudgedCut["groups"];
  readonly losses: Readonly<Record<string, Float64Array>>;
}

/** Options of the bootstrap draws. */
export interface PairedDraws {
  readonly seed: number;
  readonly nResamples: number;
  readonly level: number;
}

/**
 * Returns, for each pair, the mean loss of the first less that of the second, averaged over days, with its interval:
 * whole groups are drawn with replacement, each with all its rows of all days.
 *
 * The same as `pairedComparison` of the rows with groups, draw for draw. A mean over rows needs two numbers per group
 * and day, and all pairs share the draws, so that many candidates cost little more than two.
 */
export function pairedLossDifferences(
  days: readonly RowLosses[],
  pairs: readonly (readonly [first: string, second: string])[],
  { seed, nResamples, level }: PairedDraws,
): BootstrapInterval[] {
  requireInteger("backtestTable", "nResamples", nResamples, 2);
  if (!(0 < level && level < 1)) {
    throw new RangeError(`Cannot compute backtestTable: level is ${level}; expected a share in (0, 1)`);
  }
  const placeOf = new Map<string | number, number>();
  const places = days.map(({ groups }) =>
    Uint32Array.from({ length: groups.length }, (_, i) => {
      const place = placeOf.get(groups[i]) ?? placeOf.size;
      placeOf.set(groups[i], place);
      return place;
    }),
  );
  const nGroups = placeOf.size;
  const summed = (day: number, numberOf: (row: number) => number) => {
    const sums = new Float64Array(nGroups);
    places[day].forEach((place, row) => {
      sums[place] += numberOf(row);
    });
    return sums;
  };
  const sizes = days.map((_, day) => summed(day, () => 1));
  const differences = pairs.map(([first, second]) =>
    days.map(({ losses }, day) => summed(day, (row) => losses[first][row] - losses[second][row])),
  );
  const times = new Float64Array(nGroups).fill(1);
  const meansOf = () => {
    const rows = sizes.map((size) => dot(times, size));
    return differences.map((byDay) => {
      const total = byDay.reduce((sum, difference, day) => sum + dot(times, difference) / rows[day], 0);
      return total / days.length;
    });
  };
  const values = meansOf();
  const random = createRandom(seed);
  const resampled: number[][] = pairs.map(() => []);
  for (let i = 0; i < nResamples; ++i) {
    times.fill(0);
    for (const unit of drawUnits(random, nGroups)) times[unit] += 1;
    // A day without rows in a resample has no mean loss there.
    meansOf().forEach((value, pair) => {
      if (!Number.isNaN(value)) resampled[pair].push(value);
    });
  }
  return values.map((value, pair) =>
    intervalOf(value, Float64Array.from(resampled[pair]).sort(), { nResamples, level }),
  );
}

function intervalOf(
  value: number,
  sorted: Float64Array,
  { nResamples, level }: Pick<PairedDraws, "nResamples" | "level">,
): BootstrapInterval {
  if (sorted.length < nResamples / 2) {
    throw new RangeError(
      `Cannot compute backtestTable: a day has no rows in ${nResamples - sorted.length} of ${nResamples} resamples; use more groups`,
    );
  }
  return {
    value,
    lower: quantileOfSorted(sorted, (1 - level) / 2),
    upper: quantileOfSorted(sorted, (1 + level) / 2),
    level,
    standardError: standardDeviation(sorted, { ddof: 1 }),
    nResamples,
    nUndefined: nResamples - sorted.length,
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i] * b[i];
  return sum;
}
