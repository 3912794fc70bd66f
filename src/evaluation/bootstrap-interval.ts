import { type OptionNames, requireKnownOptions } from "../errors.js";
import {
  createRandom,
  normalCdf,
  normalQuantile,
  quantileOfSorted,
  requireInteger,
  requireRows,
  shuffled,
  standardDeviation,
} from "../numeric/index.js";
import { drawUnits, type NamedColumns, type TakenColumns, takeFromColumns, type Units, unitsOf } from "./resample.js";

/** Options of a bootstrap. */
export interface BootstrapOptions {
  /** Seeds the draws. */
  seed: number;
  /** Defaults to 1000. */
  nResamples?: number;
  /** Share of intervals that should hold the true value, in (0, 1); defaults to 0.95. */
  level?: number;
  /**
   * "percentile" takes shares of the resampled values; "bca" corrects their bias and skewness (Efron 1987). Defaults
   * to "percentile".
   */
  method?: "percentile" | "bca";
  /** Rows of one group are drawn together, such as a customer seen at several dates; by default each row alone. */
  groups?: ArrayLike<string | number> | undefined;
}

const bootstrapOptions: OptionNames<BootstrapOptions> = {
  seed: true,
  nResamples: true,
  level: true,
  method: true,
  groups: true,
};

/** A metric with its confidence interval. */
export interface BootstrapInterval {
  /** The metric on the rows as given. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** Standard deviation of the resampled values. */
  readonly standardError: number;
  readonly nResamples: number;
  /** Resamples on which the metric does not exist, such as those without a positive; they are left out. */
  readonly nUndefined: number;
}

/**
 * Returns a confidence interval for any metric, by resampling rows (or groups of rows) with replacement.
 *
 * Few or extreme values break what the level promises. In 400 simulations each, 95 % intervals held the ROC AUC of 10
 * positives among 200 rows in 92 % ("percentile") and 95 % ("bca"), and the mean of 100 lognormal amounts with σ = 2 in
 * 77 % and 81 %, of 1,000 in 85 % and 87 %: the rare large amounts that make the mean are mostly not among the rows.
 *
 * @param columns Equally long columns by name.
 * @param metric Gives the metric of the same columns with drawn rows; a RangeError says that it does not exist there.
 * @throws {RangeError} If the columns are empty or differ in length, an option is out of range, or the metric does not
 * exist on more than half of the resamples.
 *
 * @example
 * bootstrapInterval({ yTrue, yScore }, ({ yTrue, yScore }) => rocAucScore(yTrue, yScore), { seed: 7 });
 */
export function bootstrapInterval<C extends NamedColumns>(
  columns: C,
  metric: (columns: TakenColumns<C>) => number,
  options: BootstrapOptions,
): BootstrapInterval {
  return bootstrapWithValues(columns, metric, options).interval;
}

/** Computes {@link bootstrapInterval}, with the resampled values in ascending order. */
export function bootstrapWithValues<C extends NamedColumns>(
  columns: C,
  metric: (columns: TakenColumns<C>) => number,
  options: BootstrapOptions,
): { interval: BootstrapInterval; resampled: Float64Array } {
  requireKnownOptions("compute bootstrapInterval", options, bootstrapOptions);
  const { seed, nResamples = 1000, level = 0.95, method = "percentile", groups } = options;
  if (!(0 < level && level < 1)) {
    throw new RangeError(`Cannot compute bootstrapInterval: level is ${level}; expected a share in (0, 1)`);
  }
  if (method !== "percentile" && method !== "bca") {
    throw new RangeError(`Cannot compute bootstrapInterval: method is "${method}"; expected "percentile" or "bca"`);
  }
  const { value, resampled, nUndefined, units } = bootstrapValues(columns, metric, { seed, nResamples, groups });
  let shares: readonly [number, number] = [(1 - level) / 2, (1 + level) / 2];
  if (method === "bca") {
    const left = leaveOutValues(columns, metric, units, seed);
    shares = [correctedShare(value, resampled, left, shares[0]), correctedShare(value, resampled, left, shares[1])];
  }
  const interval = {
    value,
    lower: quantileOfSorted(resampled, shares[0]),
    upper: quantileOfSorted(resampled, shares[1]),
    level,
    standardError: standardDeviation(resampled, { ddof: 1 }),
    nResamples,
    nUndefined,
  };
  return { interval, resampled };
}

/** Returns the metric on the original rows, and on the resamples in ascending order. */
function bootstrapValues<C extends NamedColumns>(
  columns: C,
  metric: (columns: TakenColumns<C>) => number,
  { seed, nResamples, groups }: { seed: number; nResamples: number; groups: ArrayLike<string | number> | undefined },
) {
  requireRows("bootstrapInterval", groups ? { ...columns, groups } : columns);
  requireInteger("bootstrapInterval", "nResamples", nResamples, 2);
  const random = createRandom(seed);
  const nRows = Object.values(columns)[0].length;
  const units = unitsOf(nRows, groups);
  // The metric's own complaint about the rows as given is the caller's to see.
  const value = metric(
    takeFromColumns(
      columns,
      Uint32Array.from({ length: nRows }, (_, row) => row),
    ),
  );
  const resampled: number[] = [];
  for (let i = 0; i < nResamples; ++i) {
    const drawn = valueWhereDefined(columns, metric, units.rowsOf(drawUnits(random, units.count)));
    if (drawn !== undefined) resampled.push(drawn);
  }
  if (resampled.length < nResamples / 2) {
    throw new RangeError(
      `Cannot compute bootstrapInterval: the metric is undefined on ${nResamples - resampled.length} of ${nResamples} resamples; use more rows of each class`,
    );
  }
  return {
    value,
    resampled: Float64Array.from(resampled).sort(),
    nUndefined: nResamples - resampled.length,
    units,
  };
}

function valueWhereDefined<C extends NamedColumns>(
  columns: C,
  metric: (columns: TakenColumns<C>) => number,
  rows: Uint32Array,
): number | undefined {
  try {
    const value = metric(takeFromColumns(columns, rows));
    return Number.isNaN(value) ? undefined : value;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Left-out parts of the jackknife: with more units they are taken out in groups, which costs less and says as much. */
const MOST_PARTS = 200;

function leaveOutValues<C extends NamedColumns>(
  columns: C,
  metric: (columns: TakenColumns<C>) => number,
  units: Units,
  seed: number,
): number[] {
  const order = shuffled(
    createRandom(seed).fork("jackknife"),
    Uint32Array.from({ length: units.count }, (_, i) => i),
  );
  const nParts = Math.min(MOST_PARTS, units.count);
  const values = Array.from({ length: nParts }, (_, part) => {
    const kept = Uint32Array.from(order.filter((_, place) => place % nParts !== part));
    return valueWhereDefined(columns, metric, units.rowsOf(kept));
  });
  return values.filter((value) => value !== undefined);
}

/** Returns the share of Efron 1987, eq. 2.3; ties with the value itself count half. */
function correctedShare(value: number, resampled: Float64Array, left: readonly number[], share: number): number {
  let below = 0;
  for (const each of resampled) below += each < value ? 1 : each === value ? 0.5 : 0;
  const bias = normalQuantile(below / resampled.length);
  const center = left.reduce((a, b) => a + b, 0) / left.length;
  const squares = left.reduce((total, each) => total + (center - each) ** 2, 0);
  const cubes = left.reduce((total, each) => total + (center - each) ** 3, 0);
  const acceleration = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  if (!Number.isFinite(bias)) return share;
  const z = bias + normalQuantile(share);
  return normalCdf(bias + z / (1 - acceleration * z));
}
