import { requireSameLength } from "../../errors.js";
import { createRandom, gamma, type Random } from "../../random.js";
import { quantileOfSorted } from "../../stats.js";
import type { ValueHistories } from "./customer-lifetime-value.js";
import { expectedSpend } from "./expected-spend.js";
import { fitGammaGamma, type GammaGammaModel } from "./gamma-gamma.js";
import type { PurchaseHistories } from "./purchase-histories.js";
import { knownCustomer, type PurchaseModel, requireHistoriesFor } from "./purchase-model.js";
import { refit } from "./refit.js";
import { drawHistories, drawSpend } from "./simulate-histories.js";
import { type Horizon, horizonIn } from "./time-unit.js";

/** An interval for each customer and for all of them together. */
export interface BootstrapIntervals {
  /** Expectation of each row, shape (n,). */
  readonly expected: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The same for the sum over all customers. */
  readonly total: { readonly expected: number; readonly lower: number; readonly upper: number };
  readonly level: number;
  /** Replicates used. Those in which nobody bought again cannot be fitted and are left out. */
  readonly replicates: number;
}

/** How to make intervals. */
export interface BootstrapOptions {
  /** How far ahead, with its unit. */
  horizon: Horizon;
  /** Seeds the draws. */
  seed: number;
  /** "outcome" for what will be seen, "expectation" for the mean of it; defaults to "outcome". */
  of?: "outcome" | "expectation";
  /** Simulated and refitted data sets; defaults to 200. */
  replicates?: number;
  /** Coverage, in (0, 1); defaults to 0.9. */
  level?: number;
}

/**
 * Parametric-bootstrap intervals for purchases in the horizon after T or, with a spend model, for undiscounted spend.
 *
 * Each replicate simulates all customers from the fitted models, refits them, and looks ahead from the true histories:
 * so the intervals hold what is uncertain in the parameters and, of outcomes, chance too. Counts must be whole.
 *
 * @throws {RangeError} If the seed is missing or the histories or options are unusable.
 */
export function bootstrapIntervals(
  { purchases, spend }: { purchases: PurchaseModel; spend?: GammaGammaModel },
  histories: PurchaseHistories | ValueHistories,
  { horizon, seed, of = "outcome", replicates = 200, level = 0.9 }: BootstrapOptions,
): BootstrapIntervals {
  requireHistoriesFor("bootstrap", purchases, histories);
  const m_x = spend && spendOf(histories);
  if (!(0 < level && level < 1))
    throw new RangeError(`Cannot bootstrap: level is ${level}, a share in (0, 1) is needed`);
  if (!(Number.isInteger(replicates) && replicates >= 2)) {
    throw new RangeError(`Cannot bootstrap: replicates is ${replicates}, a whole number from 2 is needed`);
  }
  const t = horizonIn(purchases.unit, horizon);
  const random = createRandom(seed);
  const counts = Float64Array.from({ length: histories.x.length }, (_, i) => histories.counts?.[i] ?? 1);
  const refitted = refitReplicates(
    { purchases, ...(spend && { spend }) },
    histories,
    counts,
    replicates,
    random.fork("refit"),
  );
  const draws = random.fork("draws");
  const n = counts.length;
  const [expected, lower, upper] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const totals = new Float64Array(refitted.length);
  let total = 0;
  const row = (models: { purchases: PurchaseModel; spend?: GammaGammaModel }, i: number, outcome: Random | null) => {
    const { alive, future } = knownCustomer(models.purchases, histories, i);
    const [x, m] = [histories.x[i], m_x?.[i] ?? 0];
    if (!outcome) {
      return alive * future.expected(t) * (models.spend ? expectedSpend(models.spend, { x: [x], m_x: [m] })[0] : 1);
    }
    if (outcome.uniform() >= alive) return 0;
    const { times } = future.draw(outcome, t);
    if (!models.spend || times.length === 0) return times.length;
    const { p, q, v } = models.spend.parameters;
    return gamma(outcome, p * times.length, gamma(outcome, q + p * x, v + x * m));
  };
  for (let i = 0; i < n; ++i) {
    expected[i] = row({ purchases, ...(spend && { spend }) }, i, null);
    total += counts[i] * expected[i];
    const values = Float64Array.from(refitted, (models, b) => {
      const first = row(models, i, of === "outcome" ? draws : null);
      totals[b] += first * (of === "outcome" ? 1 : counts[i]);
      if (of === "outcome") for (let k = 1; k < counts[i]; ++k) totals[b] += row(models, i, draws);
      return first;
    });
    [lower[i], upper[i]] = interval(values, level);
  }
  const [low, high] = interval(totals, level);
  return {
    expected,
    lower,
    upper,
    total: { expected: total, lower: low, upper: high },
    level,
    replicates: refitted.length,
  };
}

function spendOf(histories: PurchaseHistories | ValueHistories): ArrayLike<number> {
  if (!("m_x" in histories))
    throw new TypeError("Cannot bootstrap: a spend model is given, m_x is needed in the histories");
  requireSameLength("bootstrapIntervals", { x: histories.x, m_x: histories.m_x });
  return histories.m_x;
}

function refitReplicates(
  { purchases, spend }: { purchases: PurchaseModel; spend?: GammaGammaModel },
  histories: PurchaseHistories,
  counts: Float64Array,
  replicates: number,
  random: Random,
) {
  const rows = Array.from(counts, (count, i) => {
    if (Number.isInteger(count)) return new Array<number>(count).fill(i);
    throw new RangeError(`Cannot bootstrap: counts is ${count} in row ${i}, whole numbers are needed`);
  }).flat();
  const T = Float64Array.from(rows, (i) => histories.T[i]);
  const covariates =
    histories.covariates &&
    Object.fromEntries(
      Object.entries(histories.covariates).map(([name, values]) => [name, rows.map((i) => values[i])]),
    );
  const refitted: { purchases: PurchaseModel; spend?: GammaGammaModel }[] = [];
  for (let b = 0; b < replicates; ++b) {
    const source = random.fork(b);
    const { x, t_x } = drawHistories(purchases, T, 0, source, covariates);
    if (!x.some((count) => count > 0)) continue;
    const again = refit(purchases, { x, t_x, T, ...(covariates && { covariates }) });
    if (!spend) refitted.push({ purchases: again });
    else {
      // Rounding may bring a tiny spend to 0.
      const m_x = drawSpend(spend, x, source);
      refitted.push({ purchases: again, spend: fitGammaGamma({ x, m_x }, { withoutSpend: "leave-out" }) });
    }
  }
  if (refitted.length >= 2) return refitted;
  throw new RangeError(
    "Cannot bootstrap: hardly any simulated customer buys again, a model with more purchases is needed",
  );
}

/** The quantiles that leave (1 - level) / 2 on either side. */
function interval(values: Float64Array, level: number): [number, number] {
  values.sort();
  return [quantileOfSorted(values, (1 - level) / 2), quantileOfSorted(values, (1 + level) / 2)];
}
