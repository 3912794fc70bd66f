import { expect } from "vitest";
import { createRandom, integer, mean, studentQuantile } from "../../src/numeric/index.js";
import { type Arm, type ArmSizes, readExperiment, type SpendRise } from "../../src/strategy/index.js";

/** Spend of all customers of a shop in a period, and in the time before it. */
export interface ShopSpend {
  readonly spend: Float64Array;
  readonly spendBefore: Float64Array;
}

/** Campaign that raises the spend of the test group, and the number of tests of it. */
export interface SimulatedTests {
  readonly sizes: ArmSizes;
  readonly rise: SpendRise;
  /** Relative. */
  readonly effect: number;
  readonly rounds: number;
}

/** Share of the tests that came out so. */
export interface TestOutcomes {
  /** The readout says "more". */
  readonly seen: number;
  /** The interval of the difference holds the truth. */
  readonly held: number;
}

/** Rounds of which each is also read by `readExperiment`, which takes a hundred times as long. */
const READ_EVERY = 200;

/**
 * Simulates tests of a campaign on customers drawn with replacement from those of a shop. Spend is read as `readExperiment`
 * does with past spend, by sums over the groups; every 200th test is also read by it, and its bounds must be the same.
 */
export function simulateTests(
  { spend, spendBefore }: ShopSpend,
  { sizes, rise, effect, rounds }: SimulatedTests,
): TestOutcomes {
  const random = createRandom(5).fork(rise);
  const buyers = spend.filter((amount) => amount > 0);
  const won = (buyers.length * effect) / (spend.length - buyers.length);
  const level = mean(spend);
  const truth = effect * level;
  const n = sizes.test + sizes.control;
  const arms = Array.from({ length: n }, (_, i): Arm => (i < sizes.test ? "test" : "control"));
  const [outcome, before] = [new Float64Array(n), new Float64Array(n)];
  let [seen, held] = [0, 0];
  for (let round = 0; round < rounds; ++round) {
    for (let i = 0; i < n; ++i) {
      const row = integer(random, spend.length);
      before[i] = spendBefore[row];
      outcome[i] = spend[row];
      if (i >= sizes.test) continue;
      if (rise === "larger purchases") outcome[i] *= 1 + effect;
      else if (outcome[i] === 0 && random.uniform() < won) outcome[i] = buyers[integer(random, buyers.length)];
    }
    const { lower, upper } = intervalOf(outcome, before, sizes);
    if (lower > 0) ++seen;
    if (lower <= truth && truth <= upper) ++held;
    if (round % READ_EVERY) continue;
    const testShare = sizes.test / n;
    const read = readExperiment({ arms, outcome, before }, { kind: "spend", testShare });
    expect((read.lower - lower) / level).toBeCloseTo(0, 9);
    expect((read.upper - upper) / level).toBeCloseTo(0, 9);
    expect(read.verdict === "more").toBe(lower > 0);
  }
  return { seen: seen / rounds, held: held / rounds };
}

/** Welch's 95 % interval of the difference, after what past spend explains within the groups is taken out. */
function intervalOf(y: Float64Array, x: Float64Array, { test, control }: ArmSizes): { lower: number; upper: number } {
  const a = sumsOf(y, x, 0, test);
  const b = sumsOf(y, x, test, test + control);
  const theta = (a.xy + b.xy) / (a.xx + b.xx);
  const squaredErrors = [a, b].map(({ n, yy, xy, xx }) => (yy - 2 * theta * xy + theta ** 2 * xx) / (n - 1) / n);
  const [va, vb] = squaredErrors;
  const difference = a.y - b.y - theta * (a.x - b.x);
  const df = (va + vb) ** 2 / (va ** 2 / (test - 1) + vb ** 2 / (control - 1));
  const half = studentQuantile(0.975, df) * Math.sqrt(va + vb);
  return { lower: difference - half, upper: difference + half };
}

/** Means of the rows from `from` to `to` - 1, and sums of the squares and products about them. */
function sumsOf(y: Float64Array, x: Float64Array, from: number, to: number) {
  const n = to - from;
  let [ofX, ofY, xx, xy, yy] = [0, 0, 0, 0, 0];
  for (let i = from; i < to; ++i) {
    ofX += x[i] / n;
    ofY += y[i] / n;
  }
  for (let i = from; i < to; ++i) {
    const [dx, dy] = [x[i] - ofX, y[i] - ofY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return { n, x: ofX, y: ofY, xx, xy, yy };
}
