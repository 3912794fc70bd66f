import { type OptionNames, requireSameLength } from "../../../errors.js";
import { createRandom, gamma, quantileOfSorted, type Random } from "../../../numeric/index.js";
import { requireHistoriesFor } from "../models/purchase-model.js";
import type { ValueHistories } from "../predict/customer-lifetime-value.js";
import { expectedSpend } from "../predict/expected-spend.js";
import { knownCustomer } from "../predict/modelled-customer.js";
import type { Period } from "../predict/value-schedule.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { type ResampledModels, refitReplicates } from "./refit-replicates.js";

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

/** Options of resampling. */
export interface ReplicateOptions {
  /** Seeds the draws. */
  seed: number;
  /** "outcome" for what will be seen, "expectation" for the mean of it; defaults to "outcome". */
  of?: "outcome" | "expectation";
  /** Simulated and refitted data sets; defaults to 200. */
  replicates?: number;
  /** Coverage, in (0, 1); defaults to 0.9. */
  level?: number;
}

/** The names of {@link ReplicateOptions}. */
export const replicateOptions: OptionNames<ReplicateOptions> = { seed: true, of: true, replicates: true, level: true };

/**
 * Computes intervals for the customers' purchases in the periods, each purchase or its spend times the period's factor.
 */
export function intervalsOver(
  periods: readonly Period[],
  models: ResampledModels,
  histories: PurchaseHistories | ValueHistories,
  { seed, of = "outcome", replicates = 200, level = 0.9 }: ReplicateOptions,
): BootstrapIntervals {
  requireHistoriesFor("bootstrap", models.purchases, histories);
  const m_x = models.spend && spendOf(histories);
  if (!(0 < level && level < 1))
    throw new RangeError(`Cannot bootstrap: level is ${level}; expected a share in (0, 1)`);
  if (!(Number.isInteger(replicates) && replicates >= 2)) {
    throw new RangeError(`Cannot bootstrap: replicates is ${replicates}; expected an integer of at least 2`);
  }
  if (!(of === "outcome" || of === "expectation")) {
    throw new RangeError(`Cannot bootstrap: of is ${JSON.stringify(of)}; expected "outcome" or "expectation"`);
  }
  const random = createRandom(seed);
  const counts = Float64Array.from({ length: histories.x.length }, (_, i) => histories.counts?.[i] ?? 1);
  const refitted = refitReplicates(models, histories, counts, replicates, random.fork("refit"));
  const draws = random.fork("draws");
  const n = counts.length;
  const [expected, lower, upper] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const totals = new Float64Array(refitted.length);
  let total = 0;
  for (let i = 0; i < n; ++i) {
    const row = { histories, i, x: histories.x[i], m: m_x?.[i] ?? 0 };
    expected[i] = expectationOf(models, row, periods);
    total += counts[i] * expected[i];
    const values = Float64Array.from(refitted, (again, b) => {
      if (of === "expectation") {
        const value = expectationOf(again, row, periods);
        totals[b] += counts[i] * value;
        return value;
      }
      const first = drawOutcome(again, row, periods, draws);
      totals[b] += first;
      for (let k = 1; k < counts[i]; ++k) totals[b] += drawOutcome(again, row, periods, draws);
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

/** One row of the histories, with its purchases and their mean spend. */
interface Row {
  readonly histories: PurchaseHistories;
  readonly i: number;
  readonly x: number;
  readonly m: number;
}

function expectationOf({ purchases, spend }: ResampledModels, { histories, i, x, m }: Row, periods: readonly Period[]) {
  const { alive, future } = knownCustomer(purchases, histories, i);
  const each = spend ? expectedSpend(spend, { x: [x], m_x: [m] })[0] : 1;
  let sum = 0;
  let before = 0;
  for (const { end, factor } of periods) {
    const sofar = alive * future.expected(end);
    sum += factor * each * (sofar - before);
    before = sofar;
  }
  return sum;
}

function drawOutcome(
  { purchases, spend }: ResampledModels,
  { histories, i, x, m }: Row,
  periods: readonly Period[],
  random: Random,
): number {
  const { alive, future } = knownCustomer(purchases, histories, i);
  if (random.uniform() >= alive) return 0;
  const { times } = future.draw(random, periods[periods.length - 1].end);
  if (times.length === 0) return 0;
  // The scale of a known customer's spend has the posterior Gamma(q + p x, v + x m) (Fader & Hardie 2013, note 25).
  const scale = spend ? gamma(random, spend.parameters.q + spend.parameters.p * x, spend.parameters.v + x * m) : 1;
  let sum = 0;
  let next = 0;
  for (const { end, factor } of periods) {
    let bought = 0;
    for (; next < times.length && times[next] <= end; ++next) ++bought;
    if (bought > 0) sum += factor * (spend ? gamma(random, spend.parameters.p * bought, scale) : bought);
  }
  return sum;
}

function spendOf(histories: PurchaseHistories | ValueHistories): ArrayLike<number> {
  if (!("m_x" in histories))
    throw new TypeError("Cannot bootstrap: the histories have no m_x; the spend model requires it");
  requireSameLength("bootstrapIntervals", { x: histories.x, m_x: histories.m_x });
  return histories.m_x;
}

/** Returns the quantiles that leave (1 - level) / 2 on either side. */
function interval(values: Float64Array, level: number): [number, number] {
  values.sort();
  return [quantileOfSorted(values, (1 - level) / 2), quantileOfSorted(values, (1 + level) / 2)];
}
