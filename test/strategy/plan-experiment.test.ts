import { describe, expect, test } from "vitest";
import { createRandom, gamma } from "../../src/numeric/random.js";
import { standardDeviation } from "../../src/numeric/stats.js";
import {
  cupedAdjust,
  minimumDetectableRateEffect,
  planExperiment,
  planExperimentByFigures,
  sampleSizeForProportions,
  winsorize,
} from "../../src/strategy/index.js";

/** Spend of customers who differ, in two times of 90 days; a third of them buys nothing in each. */
function spending(n: number) {
  const random = createRandom(3);
  const level = Array.from({ length: n }, () => gamma(random, 0.7, 0.01));
  const draw = () => level.map((mean) => (random.uniform() < 1 / 3 ? 0 : gamma(random, 2, 2 / mean)));
  return { spend: draw(), spendBefore: draw() };
}

const bySpend = (spend: { mean: number; standardDeviation: number; correlation?: number }) =>
  planExperimentByFigures({ rate: 0.5, spend }, { customers: 10 });

describe("sample size and minimum detectable effect", () => {
  test.each([0.02, 0.05, 0.3])("undo each other at %d", (relativeEffect) => {
    const arms = (n: number) => ({ test: n, control: n });
    const forRate = sampleSizeForProportions({ rate: 0.2, relativeEffect });
    expect(minimumDetectableRateEffect(0.2, arms(forRate))).toBeLessThanOrEqual(relativeEffect);
    expect(minimumDetectableRateEffect(0.2, arms(forRate - 1))).toBeGreaterThan(relativeEffect);
  });

  test("more power and fewer false alarms ask for more customers", () => {
    const of = (options = {}) => sampleSizeForProportions({ rate: 0.1, relativeEffect: 0.1 }, options);
    expect(of({ power: 0.9 })).toBeGreaterThan(of());
    expect(of({ alpha: 0.01 })).toBeGreaterThan(of());
    expect(of({ alpha: 0.05, power: 0.8 })).toBe(of());
  });

  test("no rise of a rate is seen where even all would not be enough", () => {
    expect(minimumDetectableRateEffect(0.9, { test: 5, control: 5 })).toBeNull();
  });

  test.each([
    ["mean is 0; expected a positive number", () => bySpend({ mean: 0, standardDeviation: 1 })],
    ["standardDeviation is -1", () => bySpend({ mean: 1, standardDeviation: -1 })],
    [
      "correlation is -1; expected a number in (-1, 1)",
      () => bySpend({ mean: 1, standardDeviation: 1, correlation: -1 }),
    ],
    ["relativeEffect is -0.1", () => sampleSizeForProportions({ rate: 0.5, relativeEffect: -0.1 })],
    ["rate is 1; expected a share in (0, 1)", () => sampleSizeForProportions({ rate: 1, relativeEffect: 0.1 })],
    [
      "the changed rate is 1.08; lower relativeEffect until it is below 1",
      () => sampleSizeForProportions({ rate: 0.9, relativeEffect: 0.2 }),
    ],
    [
      "control is 0; expected an integer of at least 1",
      () => minimumDetectableRateEffect(0.5, { test: 1, control: 0 }),
    ],
    [
      "alpha is 0; expected a share in (0, 1)",
      () => sampleSizeForProportions({ rate: 0.5, relativeEffect: 0.1 }, { alpha: 0 }),
    ],
    ["power is NaN", () => sampleSizeForProportions({ rate: 0.5, relativeEffect: 0.1 }, { power: Number.NaN })],
  ])("%s is refused", (message, call) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});

describe("a plan for the customers at hand", () => {
  const columns = spending(2000);
  const plan = planExperiment(columns);
  const rises = (plan: ReturnType<typeof planExperiment>) =>
    plan.measures.map(({ rises }) => rises.map((one) => Number(one.minimumDetectableEffect)));

  test("has conversion and every way to measure spend", () => {
    expect(plan.arms).toEqual({ test: 1000, control: 1000 });
    expect(plan.measures.map(({ measure, cuped }) => `${measure}${cuped ? " cuped" : ""}`)).toEqual([
      "conversion",
      "spend",
      "spend cuped",
      "winsorized spend",
      "winsorized spend cuped",
    ]);
    expect(plan.measures[0].mean).toBeCloseTo(2 / 3, 1);
  });

  test("the spend before lets smaller changes be seen, and the readout's spend is the one with it", () => {
    const [, spend, spendCuped, cut, cutCuped] = rises(plan);
    for (const way of [0, 1]) {
      expect(spendCuped[way]).toBeLessThan(spend[way]);
      expect(cutCuped[way]).toBeLessThan(cut[way]);
    }
    expect(plan.spend).toBe(plan.measures[2]);
  });

  test("a measure promises no more than the worse of the ways in which it rises", () => {
    for (const { rises: ways, minimumDetectableEffect, neededPerArm } of plan.measures) {
      expect(minimumDetectableEffect).toBe(Math.max(...ways.map((one) => Number(one.minimumDetectableEffect))));
      expect(neededPerArm).toBe(Math.max(...ways.map((one) => Number(one.neededPerArm))));
    }
  });

  test("spend has no detectable change below the customers that its interval needs, capped spend has", () => {
    const { measures, spend } = planExperiment(columns, { customers: 1998 });
    expect(spend?.minimumDetectableEffect).toBeNull();
    expect(spend?.neededPerArm).toBe(plan.spend?.neededPerArm);
    expect(measures[4].minimumDetectableEffect).toBeGreaterThan(0);
    expect(
      planExperiment(columns, { customers: 1998, reliableFrom: 999 }).spend?.minimumDetectableEffect,
    ).toBeGreaterThan(0);
    expect(planExperiment(columns, { relativeEffect: 0.49 }).spend?.neededPerArm).toBe(1000);
  });

  test("the spend before is cut as the spend is", () => {
    const skewed = columns.spendBefore.map((amount, i) => (i % 500 === 0 ? 50_000 : amount));
    const [, plain, plainCuped, cut, cutCuped] = rises(planExperiment({ spend: columns.spend, spendBefore: skewed }));
    expect(cutCuped[1]).toBeLessThan(0.95 * cut[1]);
    expect(plainCuped[1]).toBeGreaterThan(0.98 * plain[1]);
  });

  test("figures in place of a history give the same", () => {
    const [conversion, spend, cuped] = plan.measures;
    const spread = { mean: spend.mean, standardDeviation: standardDeviation(columns.spend, { ddof: 1 }) };
    const { correlation } = cupedAdjust(columns.spend, columns.spendBefore);
    const figures = { rate: conversion.mean, spend: { ...spread, correlation } };
    const given = planExperimentByFigures(figures, { customers: 2000 });
    expect(given.arms).toEqual(plan.arms);
    expect(given.measures[0]).toEqual(conversion);
    const [, ofSpend, ofCuped] = rises(given);
    expect(ofSpend[0]).toBeCloseTo(Number(spend.rises[0].minimumDetectableEffect), 5);
    expect(ofSpend[1]).toBeCloseTo(Number(spend.rises[1].minimumDetectableEffect), 9);
    expect(ofCuped[1]).toBeCloseTo(Number(cuped.rises[1].minimumDetectableEffect), 9);
    // How much of past spend goes with buying at all is not in the figures: the worst is taken.
    expect(ofCuped[0]).toBeGreaterThanOrEqual(Number(cuped.rises[0].minimumDetectableEffect));
    expect(given.spend).toBe(given.measures[2]);
    const named = (of: typeof plan) =>
      of.measures.slice(0, 3).map(({ measure, cuped, mean }) => [measure, cuped, mean]);
    expect(named(given)).toEqual(named(plan));
    expect(planExperimentByFigures({ rate: 0.5 }, { customers: 10 }).spend).toBeNull();
    expect(() => planExperimentByFigures({ rate: 0 }, { customers: 10 })).toThrow(
      "rate is 0; expected a share in (0, 1)",
    );
    expect(() => planExperimentByFigures({ rate: 0.5 }, { customers: 1 })).toThrow(
      "of 1 customers leaves an arm empty",
    );
  });

  test("works for a segment where nobody bought, or all did", () => {
    const none = planExperiment({ spend: [0, 0, 0, 0] });
    expect(none.spend).toBeNull();
    const nothing = { neededPerArm: null, minimumDetectableEffect: null };
    expect(none.measures).toEqual([
      { measure: "conversion", cuped: false, mean: 0, rises: [{ rise: "more buyers", ...nothing }], ...nothing },
    ]);
    const all = planExperiment({ spend: [1, 2, 3, 4] }, { customers: 4000 }).measures[1];
    expect(all.rises[0]).toEqual({ rise: "more buyers", ...nothing });
    expect(all.rises[1].minimumDetectableEffect).toBeGreaterThan(0);
    expect(planExperiment({ spend: [1, 2, 3, 4] }).measures[0]).toMatchObject({
      neededPerArm: null,
      minimumDetectableEffect: null,
    });
  });

  test("past spend that explains all of the spend promises nothing", () => {
    const ways = (columns: { spend: readonly number[]; spendBefore: readonly number[] }) =>
      planExperiment(columns, { customers: 400, winsorizeAt: 1 }).measures.map(({ cuped }) => cuped);
    // Any two customers lie on a line, and so do many in proportion.
    expect(ways({ spend: [10, 20], spendBefore: [3, 1] })).toEqual([false, false]);
    expect(ways({ spend: columns.spend.map((amount) => 0.3 * amount), spendBefore: columns.spend })).toEqual([
      false,
      false,
    ]);
    const one = planExperiment({ spend: [7], spendBefore: [3] }, { customers: 400 });
    expect(one).toMatchObject({ measures: [{ measure: "conversion", mean: 1 }], spend: null });
  });

  test("past spend that explains nothing changes nothing", () => {
    const constant = columns.spend.map(() => 5);
    const [, plain, cuped] = rises(planExperiment({ spend: columns.spend, spendBefore: constant }, { winsorizeAt: 1 }));
    expect(cuped).toEqual(plain);
    const spend = { mean: 10, standardDeviation: 30, correlation: 0 };
    const [, without, with0] = rises(planExperimentByFigures({ rate: 0.1, spend }, { customers: 4000 }));
    expect(with0).toEqual(without);
  });

  test("rare purchases are not cut, as in the readout", () => {
    const rare = [...new Array(995).fill(0), 5, 7, 9, 11, 13];
    const { measures, spend } = planExperiment({ spend: rare, spendBefore: rare.map((_, i) => i % 3) });
    expect(measures.map(({ measure }) => measure)).toEqual(["conversion", "spend", "spend"]);
    expect(spend?.mean).toBeCloseTo(0.045, 12);
    // With 1.1 % of buyers the limit is among the purchases.
    const some = [...new Array(989).fill(0), 5, 5, 5, 5, 5, 7, 9, 11, 13, 15, 17];
    expect(planExperiment({ spend: some }).measures.map(({ measure }) => measure)).toContain("winsorized spend");
  });

  test("refuses what leaves an arm empty", () => {
    expect(() => planExperiment({ spend: [1] })).toThrow("of 1 customers leaves an arm empty");
    expect(() => planExperiment({ spend: [] })).toThrow("there are no rows");
    expect(() => planExperiment({ spend: [1, Number.NaN] })).toThrow("spend[1] is NaN");
    expect(() => planExperiment({ spend: [1, -2] })).toThrow("spend[1] is -2; expected amounts from 0");
    expect(() => planExperiment({ spend: [0, 0] }, { relativeEffect: 0 })).toThrow("relativeEffect is 0");
    expect(() => planExperiment({ spend: [1, 2] }, { testShare: Number.NaN })).toThrow(
      "testShare is NaN; expected a share in (0, 1)",
    );
    expect(() => planExperiment({ spend: [1, 2] }, { customers: 7.5 })).toThrow("there are 7.5 customers");
    expect(() => planExperiment({ spend: [1, 2] }, { reliableFrom: 1 })).toThrow("reliableFrom is 1");
  });
});

test("winsorizing cuts the largest, and only those", () => {
  const values = Array.from({ length: 101 }, (_, i) => i);
  const { values: cut, limit } = winsorize(values);
  expect(limit).toBe(99);
  expect(Array.from(cut)).toEqual([...values.slice(0, 100), 99]);
  expect(() => winsorize([1], { at: 0 })).toThrow("at is 0; expected a share in (0, 1]");
});
