import { describe, expect, test } from "vitest";
import { bernoulli, createRandom } from "../../src/numeric/random.js";
import { mean } from "../../src/numeric/stats.js";
import { type Arm, cupedAdjust, readExperiment, winsorize } from "../../src/strategy/index.js";
import { simulateSpendTest } from "./simulate-spend-test.js";

describe("a readout of spend", () => {
  test("sees a large effect, with its size inside the interval", () => {
    const { arms, outcome } = simulateSpendTest(4000, 0.25, 1);
    const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 });
    expect(readout.verdict).toBe("more");
    expect(readout.relative.lower).toBeLessThan(0.25);
    expect(readout.relative.upper).toBeGreaterThan(0.25);
    expect(readout.total.value).toBeCloseTo(readout.difference * 2000, 9);
  });

  test("and a loss", () => {
    const { arms, outcome } = simulateSpendTest(4000, -0.25, 1);
    const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 });
    expect(readout.verdict).toBe("less");
  });

  test("with too few customers says what could have been seen", () => {
    const { arms, outcome } = simulateSpendTest(200, 0.05, 6);
    const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 });
    expect(readout.verdict).toBe("too few");
    const percent = Math.round(100 * readout.minimumDetectableEffect);
    expect(percent).toBeGreaterThan(20);
  });

  test("with very many and no effect says that there is none worth the while", () => {
    const { arms, outcome } = simulateSpendTest(60_000, 0, 3);
    const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 });
    expect(readout.verdict).toBe("no worthwhile difference");
    expect(readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99, relativeEffect: 0.02 }).verdict).toBe(
      "too few",
    );
  });

  test("cuts the spend before as it cuts the spend, so that one large customer does not stand for all", () => {
    const { arms, outcome, before } = simulateSpendTest(1000, 0, 5);
    const skewed = before.map((amount, i) => (i % 250 === 0 ? 5000 : amount));
    const { correlation } = readExperiment({ arms, outcome, before: skewed }, { kind: "spend", winsorizeAt: 0.99 });
    const [y, x] = [winsorize(outcome).values, winsorize(skewed).values];
    expect(correlation).toBe(cupedAdjust(y, x, { arms }).correlation);
    expect(correlation).toBeGreaterThan(0.2 + cupedAdjust(y, skewed, { arms }).correlation);
  });

  test("never says that there is none worth the while where the campaign may have done harm, or good", () => {
    const { arms, outcome } = simulateSpendTest(3000, 0, 2);
    const turned = arms.map((arm): Arm => (arm === "test" ? "control" : "test"));
    for (const groups of [arms, turned]) {
      const read = (relativeEffect: number) =>
        readExperiment({ arms: groups, outcome }, { kind: "spend", winsorizeAt: 0.99, relativeEffect });
      const { lower, upper } = read(0.05).relative;
      expect(lower).toBeLessThan(0);
      expect(upper).toBeGreaterThan(0);
      // A margin between the two bounds holds one of them only.
      expect(Math.abs(upper + lower)).toBeGreaterThan(0.01);
      expect(read((upper - lower) / 2).verdict).toBe("too few");
      expect(read(1.01 * Math.max(-lower, upper)).verdict).toBe("no worthwhile difference");
    }
  });

  test("is narrower with the spend before, by what the correlation promises", () => {
    const columns = simulateSpendTest(6000, 0.1, 4);
    const { before: _, ...without } = columns;
    const options = { kind: "spend", winsorizeAt: 1, reliableFrom: 2 } as const;
    const [plain, cuped] = [readExperiment(without, options), readExperiment(columns, options)];
    const ratio = (cuped.upper - cuped.lower) / (plain.upper - plain.lower);
    expect(cuped.correlation).toBeGreaterThan(0.5);
    expect(ratio).toBeCloseTo(Math.sqrt(1 - (cuped.correlation ?? 0) ** 2), 2);
    expect(cuped.minimumDetectableEffect).toBeLessThan(0.85 * plain.minimumDetectableEffect);
    expect([plain.correlation, plain.cutAt]).toEqual([null, null]);
  });

  test.each([false, true])("holds the truth in 95 of 100 intervals (with the spend before: %s)", (withBefore) => {
    let inside = 0;
    for (let seed = 0; seed < 400; ++seed) {
      const { arms, outcome, before } = simulateSpendTest(120, 0, 1000 + seed);
      const { lower, upper } = readExperiment(
        { arms, outcome, ...(withBefore ? { before } : {}) },
        { kind: "spend", winsorizeAt: 1, reliableFrom: 2 },
      );
      if (lower <= 0 && upper >= 0) ++inside;
    }
    // Four standard deviations of 400 draws at 0.95.
    expect(Math.abs(inside / 400 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 400));
  });
});

describe("a readout of spend at its limits", () => {
  const arms = Array.from({ length: 400 }, (_, i): Arm => (i < 200 ? "test" : "control"));

  test("rare purchases are not cut until nobody has bought", () => {
    // Three buyers of 400 are above the 99 % quantile, which is 0.
    const outcome = arms.map((_, i) => (i === 0 || i === 1 ? 30 : i === 200 ? 20 : 0));
    const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 });
    expect(readout).toMatchObject({ cutAt: null, tooFewToCut: true });
    expect([readout.test.mean, readout.control.mean]).toEqual([0.3, 0.1]);
    expect([readout.test.buyers, readout.control.buyers]).toEqual([2, 1]);
    expect(readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 }).tooFewToCut).toBe(
      false,
    );
  });

  test("customers who are all alike make nothing certain", () => {
    const outcome = arms.map((arm) => (arm === "test" ? 12 : 10));
    const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 });
    expect(readout).toMatchObject({
      difference: 2,
      lower: Number.NEGATIVE_INFINITY,
      upper: Number.POSITIVE_INFINITY,
      verdict: "too few",
    });
    expect(readout.relative).toEqual({ value: 12 / 10 - 1, lower: -1, upper: Number.POSITIVE_INFINITY });
    expect(readout.minimumDetectableEffect).toBeNaN();
  });

  test("nor does spend that follows from what was spent before, to the rounding", () => {
    const before = arms.map((_, i) => 0.1 * (1 + (i % 7)));
    const outcome = before.map((amount, i) => 3 * amount + (arms[i] === "test" ? 0.1 : 0));
    const readout = readExperiment({ arms, outcome, before }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 });
    expect(readout.correlation).toBeCloseTo(1, 12);
    expect(readout.correlation).toBeLessThanOrEqual(1);
    expect(readout.upper).toBe(Number.POSITIVE_INFINITY);
    expect(readout.verdict).toBe("too few");
  });

  test("groups of which nothing is left without what was foreseeable are not set over each other", () => {
    // The test group spent more before, by which more of it is foreseen than there is.
    const before = arms.map((arm, i) => (i % 2) * 100 + (arm === "test" ? 0 : 900));
    const outcome = arms.map((arm, i) => (arm === "test" ? 300 : 20) + (i % 2) * 100 + (i % 3));
    const readout = readExperiment({ arms, outcome, before }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 });
    expect(readout.control.adjustedMean).toBeLessThan(0);
    expect(readout.relative.value).toBeNaN();
    expect(readout.verdict).toBe("more");
    const turned = arms.map((arm): Arm => (arm === "test" ? "control" : "test"));
    const lost = readExperiment({ arms: turned, outcome, before }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 });
    expect(lost.relative).toMatchObject({ value: -1, lower: -1 });
    expect(lost.verdict).toBe("less");
  });
});

describe("a readout of uncapped spend with fewer customers than its interval needs", () => {
  const { arms, outcome, before } = simulateSpendTest(1998, 0.25, 1);

  test("has no interval, no detectable change and no verdict", () => {
    const readout = readExperiment({ arms, outcome, before }, { kind: "spend" });
    expect(readout).toMatchObject({
      verdict: "no reliable interval",
      reliableFrom: 1000,
      lower: Number.NEGATIVE_INFINITY,
      upper: Number.POSITIVE_INFINITY,
      minimumDetectableEffect: Number.NaN,
    });
    expect(readout.difference).toBeGreaterThan(0);
    expect(readout.relative.upper).toBe(Number.POSITIVE_INFINITY);
  });

  test("has them with one more in each, or where the spend is capped", () => {
    expect(readExperiment({ arms, outcome }, { kind: "spend", reliableFrom: 999 }).verdict).toBe("more");
    expect(readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 }).verdict).toBe("more");
    // Either arm may be the smaller one.
    for (const [larger, testShare] of [
      ["test", 0.875],
      ["control", 0.125],
    ] as const) {
      const uneven = arms.map((arm, i): Arm => (i < 1500 ? larger : arm));
      const { verdict } = readExperiment({ arms: uneven, outcome }, { kind: "spend", testShare });
      expect(verdict).toBe("no reliable interval");
    }
  });
});

describe("a readout of conversion", () => {
  const random = createRandom(8);
  const arms = Array.from({ length: 3000 }, (_, i): Arm => (i % 3 === 0 ? "control" : "test"));
  const outcome = arms.map((arm) => Number(bernoulli(random, arm === "test" ? 0.3 : 0.2)));

  test("compares shares, and warns where the groups are not as planned", () => {
    const readout = readExperiment({ arms, outcome }, { kind: "conversion" });
    expect(readout.verdict).toBe("more");
    expect(readout.cutAt).toBeNull();
    expect(readout.sampleRatioMismatch).toBe(true);
    const planned = readExperiment({ arms, outcome }, { kind: "conversion", testShare: 2 / 3 });
    expect(planned.sampleRatioMismatch).toBe(false);
  });

  test("where the control group did nothing, no percentage is made up", () => {
    const readout = readExperiment(
      { arms: ["test", "test", "control", "control"], outcome: [1, 0, 0, 0] },
      { kind: "conversion" },
    );
    expect(readout.relative.value).toBeNaN();
    expect(readout.verdict).toBe("too few");
    const half = Array.from({ length: 400 }, (_, i): Arm => (i < 200 ? "test" : "control"));
    const clear = readExperiment({ arms: half, outcome: half.map((_, i) => Number(i < 50)) }, { kind: "conversion" });
    expect(clear.verdict).toBe("more");
    expect(clear.relative.value).toBeNaN();
  });

  test("where hardly anybody bought, the relative change has no upper bound", () => {
    const few = Array.from({ length: 40 }, (_, i): Arm => (i < 20 ? "test" : "control"));
    const spend = few.map((_, i) => (i === 0 || i === 1 ? 10 : i === 20 ? 12 : 0));
    const readout = readExperiment({ arms: few, outcome: spend }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 });
    expect(readout.relative.upper).toBe(Number.POSITIVE_INFINITY);
  });

  test("where no rise could show, none is made up", () => {
    const few = Array.from({ length: 8 }, (_, i): Arm => (i < 4 ? "test" : "control"));
    const read = (outcome: readonly number[]) => readExperiment({ arms: few, outcome }, { kind: "conversion" });
    for (const outcome of [
      [1, 1, 1, 0, 1, 1, 1, 1],
      [1, 1, 1, 1, 1, 1, 1, 0],
    ]) {
      expect(read(outcome).minimumDetectableEffect).toBeNaN();
    }
    expect(read([0, 0, 0, 1, 0, 0, 0, 1]).minimumDetectableEffect).toBeGreaterThan(1);
  });

  test("refuses what it cannot read", () => {
    const read = (columns: object) => () =>
      readExperiment({ arms, outcome, ...columns } as Parameters<typeof readExperiment>[0], { kind: "conversion" });
    expect(read({ outcome: outcome.map((value) => 2 * value) })).toThrow("expected 0 or 1");
    expect(read({ outcome: [1] })).toThrow("lengths differ");
    expect(read({ arms: arms.map(() => "test") })).toThrow(
      "the control group has 0 customers; include at least 2 per group",
    );
    expect(read({ before: outcome.map(() => Number.NaN) })).toThrow("before[0] is NaN");
    expect(() => readExperiment({ arms, outcome }, { kind: "conversion", alpha: 0 })).toThrow("alpha is 0");
    expect(() => readExperiment({ arms, outcome }, { kind: "conversion", testShare: Number.NaN })).toThrow(
      "testShare is NaN",
    );
    expect(() => readExperiment({ arms, outcome }, { kind: "conversion", relativeEffect: 0 })).toThrow(
      "relativeEffect is 0; expected a positive number",
    );
    const returned = outcome.map((value, i) => (i === 2 ? -3 : value));
    expect(() => readExperiment({ arms, outcome: returned }, { kind: "spend", winsorizeAt: 0.99 })).toThrow(
      "outcome[2] is -3; expected amounts from 0, before returns",
    );
  });
});

describe("CUPED", () => {
  test("leaves the mean and takes out what is foreseeable", () => {
    const { outcome, before } = simulateSpendTest(500, 0, 5);
    const { values, theta, correlation } = cupedAdjust(outcome, before);
    expect(mean(values)).toBeCloseTo(mean(outcome), 9);
    expect(cupedAdjust(values, before).correlation).toBeCloseTo(0, 9);
    expect(theta).toBeGreaterThan(0);
    expect(correlation).toBeGreaterThan(0.5);
  });

  test("within arms is not misled by what the campaign did", () => {
    const arms = ["test", "test", "control", "control"] as const;
    const outcome = [11, 12, 1, 2];
    const before = [1, 2, 1, 2];
    expect(cupedAdjust(outcome, before, { arms })).toMatchObject({ theta: 1, correlation: 1 });
    expect(Array.from(cupedAdjust(outcome, before, { arms }).values)).toEqual([11.5, 11.5, 1.5, 1.5]);
  });

  test("takes nothing out where the covariate is constant", () => {
    expect(Array.from(cupedAdjust([1, 2, 3], [5, 5, 5]).values)).toEqual([1, 2, 3]);
    expect(() => cupedAdjust([1, 2], [1, Number.NaN])).toThrow("x[1] is NaN");
  });
});
