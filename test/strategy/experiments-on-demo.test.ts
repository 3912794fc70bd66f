import { describe, expect, test } from "vitest";
import { stateAt } from "../../src/datasets/demo/life.js";
import { offerUplift } from "../../src/datasets/demo/truth.js";
import { bernoulli, createRandom } from "../../src/numeric/random.js";
import { mean } from "../../src/numeric/stats.js";
import {
  type Arm,
  planExperiment,
  readExperiment,
  SPEND_RISES,
  sampleRatio,
  splitExperiment,
} from "../../src/strategy/index.js";
import { histories, orderValue, sales } from "../datasets/demo/histories.js";
import { simulateTests } from "./simulate-tests.js";

const horizon = 90;

describe("the demo's own campaigns, whose effect is known", () => {
  const { calendar, histories: everyone } = histories(16_000, { seed: 31, contacts: true });
  const arms: Arm[] = [];
  const outcome: number[] = [];
  const uplifts: number[] = [];
  for (const history of everyone) {
    const days = sales(history).map(({ day }) => day);
    // One mailing per customer, so that rows are independent, with no other offer near it and an order before it.
    const sent = history.life.contacts.find(({ campaign: { startDay, kind } }) => {
      const near = history.life.contacts.filter((other) => Math.abs(other.campaign.startDay - startDay) <= 14);
      return (
        kind !== "email" && near.length === 1 && startDay + 14 < calendar.days && days.some((day) => day <= startDay)
      );
    });
    if (!sent) continue;
    const { startDay } = sent.campaign;
    arms.push(sent.arm);
    outcome.push(Number(days.some((day) => day > startDay && day <= startDay + 14)));
    const state = stateAt(history.life, startDay + 1);
    uplifts.push(offerUplift(history.customer, calendar, { day: startDay, state, factor: 1 }));
  }

  test("are read as what they did: the interval holds the truth, and none of it is 0 or less", () => {
    const truth = mean(uplifts);
    const { lower, upper, verdict, sampleRatioMismatch } = readExperiment(
      { arms, outcome },
      { kind: "conversion", testShare: 0.75 },
    );
    expect(arms.length).toBeGreaterThan(5000);
    expect(verdict).toBe("more");
    expect(lower).toBeLessThan(truth);
    expect(upper).toBeGreaterThan(truth);
    expect(sampleRatioMismatch).toBe(false);
  });

  test("have a quarter of their customers in the control group, and would be found out if some were missing", () => {
    const count = (arm: Arm) => arms.filter((one) => one === arm).length;
    const sizes = { test: count("test"), control: count("control") };
    expect(sampleRatio(sizes, 0.75).off).toBe(false);
    expect(sampleRatio({ ...sizes, control: Math.round(0.85 * sizes.control) }, 0.75).off).toBe(true);
  });
});

describe("groups of demo customers who are treated alike", () => {
  const { calendar, histories: everyone } = histories(3000, { seed: 37 });
  const cut = calendar.days - 1 - horizon;
  const between = (from: number, to: number) =>
    everyone.map((history) =>
      sales(history)
        .filter(({ day }) => day > from && day <= to)
        .reduce((sum, order) => sum + orderValue(order), 0),
    );
  const spend = between(cut, cut + horizon);
  const before = between(cut - 2 * horizon, cut);
  const strata = before.map((amount) => (amount > 100 ? "much" : amount > 0 ? "some" : "none"));
  const ids = everyone.map(({ customer }) => customer.id);
  const rounds = 300;
  // Four standard deviations of so many draws at 0.95.
  const noise = 4 * Math.sqrt((0.95 * 0.05) / rounds);

  /** Share of the splits whose interval holds the change `by` that the test group is given, and their mean width. */
  function covered(kind: "conversion" | "spend", { by = 0, cuped = false, winsorizeAt = 1 } = {}) {
    let [inside, width] = [0, 0];
    for (let seed = 0; seed < rounds; ++seed) {
      const { arms } = splitExperiment(ids, { seed, strata });
      const amounts = spend.map((amount, i) => amount * (arms[i] === "test" ? 1 + by : 1));
      const outcome = kind === "spend" ? amounts : amounts.map((amount) => Number(amount > 0));
      const { relative } = readExperiment({ arms, outcome, ...(cuped ? { before } : {}) }, { kind, winsorizeAt });
      if (relative.lower <= by && by <= relative.upper) ++inside;
      width += (relative.upper - relative.lower) / rounds;
    }
    return { inside: inside / rounds, width };
  }

  test.each([
    ["the share of buyers", "conversion", {}],
    ["spend", "spend", {}],
    ["spend with the outliers cut", "spend", { winsorizeAt: 0.99 }],
    ["spend with past spend used", "spend", { cuped: true }],
    ["a rise of spend by a quarter, with past spend used", "spend", { cuped: true, by: 0.25 }],
  ] as const)("%s: the truth is in at least 95 of 100 intervals", (_, kind, options) => {
    // More are possible: groups that are alike in past spend differ less than the interval allows for.
    expect(covered(kind, options).inside).toBeGreaterThan(0.95 - noise);
  });

  const shop = { spend: Float64Array.from(spend), spendBefore: Float64Array.from(before) };
  const arms = { test: 1500, control: 1500 };
  const plan = planExperiment(shop);

  test.each(SPEND_RISES)("%s: a rise of spend as large as the plan says is seen 80 times in 100", (rise) => {
    const effect = Number(plan.spend?.rises.find((one) => one.rise === rise)?.minimumDetectableEffect);
    const { seen } = simulateTests(shop, { sizes: arms, rise, effect, rounds: 3000 });
    expect(seen).toBeGreaterThan(0.785);
    expect(seen).toBeLessThan(0.84);
  });

  test("a rise of the buyers as large as the plan says is seen 80 times in 100", () => {
    const [{ mean: rate, minimumDetectableEffect }] = plan.measures;
    const random = createRandom(3);
    const { length } = everyone;
    const groups = Array.from({ length }, (_, i): Arm => (i < arms.test ? "test" : "control"));
    let count = 0;
    for (let round = 0; round < 3000; ++round) {
      const outcome = groups.map((arm) =>
        Number(bernoulli(random, arm === "test" ? rate * (1 + Number(minimumDetectableEffect)) : rate)),
      );
      if (readExperiment({ arms: groups, outcome }, { kind: "conversion" }).verdict === "more") ++count;
    }
    expect(count / 3000).toBeGreaterThan(0.785);
    expect(count / 3000).toBeLessThan(0.82);
  });

  test.each([
    { test: 1000, control: 1000 },
    { test: 1000, control: 4000 },
    { test: 4000, control: 1000 },
  ])("$test test and $control control customers: the interval of spend holds the truth 95 times in 100", (sizes) => {
    // With one variance for both groups it would be 90 and 98 in 100 where the sizes differ.
    const { held } = simulateTests(shop, { sizes, rise: "larger purchases", effect: 0.3, rounds: 3000 });
    expect(Math.abs(held - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 3000));
  });

  test("past spend makes the interval narrower", () => {
    expect(covered("spend", { cuped: true }).width).toBeLessThan(0.93 * covered("spend").width);
  });
});
