import { describe, expect, test } from "vitest";
import { bernoulli, createRandom, weighted } from "../../src/numeric/random.js";
import { retrainRuleInWords, sizeDriftInWords, sizeDriftMessage } from "../../src/reports/index.js";
import { retrainVerdict, segmentMigration, sizeDrift } from "../../src/segmentation/index.js";
import { numberTexts } from "../../src/table/index.js";

const texts = numberTexts();

const shares = [0.07, 0.04, 0.22, 0.1, 0.07, 0.02, 0.02, 0.46];

/** Sizes of eight segments of `n` customers, by lot. */
function draw(n: number, seed: number, of: readonly number[] = shares) {
  const random = createRandom(seed);
  const sizes: Record<string, number> = Object.fromEntries(of.map((_, i) => [`s${i}`, 0]));
  for (let i = 0; i < n; ++i) ++sizes[`s${weighted(random, of)}`];
  return sizes;
}

type Sizes = Readonly<Record<string, number>>;

/** Two days that share no customer. */
function apart(before: Sizes, after: Sizes, options: { limit?: number } = {}) {
  const flows = Object.entries(after).map(([to, customers]) => ({ from: null, to, customers, revenue: 0 }));
  return sizeDrift({ flows, vanished: before }, options);
}

/** `n` customers on two days, of whom each keeps its segment or gets one by lot; a tenth more comes in between. */
function panel(n: number, { seed, keeps, to = shares }: { seed: number; keeps: number; to?: readonly number[] }) {
  const random = createRandom(seed);
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (let i = 0; i < n; ++i) {
    const own = `s${weighted(random, shares)}`;
    before.set(String(i), own);
    after.set(String(i), bernoulli(random, keeps) ? own : `s${weighted(random, to)}`);
  }
  for (let i = n; i < 1.1 * n; ++i) after.set(String(i), `s${weighted(random, to)}`);
  return segmentMigration(before, after, { days: 30, revenueOf: () => 0 });
}

describe("size drift", () => {
  test.each([
    [300, 0.5],
    [1000, 0.8],
    [4338, 0.95],
  ])(
    "of %d customers, of whom a share of %d keeps its segment and the rest draws lots, is rarely found",
    (n, keeps) => {
      let alarms = 0;
      for (let seed = 0; seed < 300; ++seed) if (sizeDrift(panel(n, { seed, keeps }), { limit: 0 }).drifted) ++alarms;
      // One in twenty is promised; four standard deviations of 300 draws are allowed.
      expect(alarms / 300).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 300));
      // And it is no deaf one: the quantiles are near to what is promised.
      expect(alarms).toBeGreaterThan(0);
    },
  );

  test("of customers who mostly stay where they are is found long before that of strangers would be", () => {
    const to = [0.16, 0.04, 0.22, 0.1, 0.07, 0.02, 0.02, 0.37];
    let [followed, strangers] = [0, 0];
    for (let seed = 0; seed < 60; ++seed) {
      const drift = sizeDrift(panel(1000, { seed, keeps: 0.7, to }));
      const sizes = (day: "before" | "after") =>
        Object.fromEntries(drift.changes.map((change) => [change.name, change[day]]));
      if (drift.drifted) ++followed;
      if (apart(sizes("before"), sizes("after")).drifted) ++strangers;
    }
    expect(followed).toBeGreaterThan(strangers + 10);
  });

  test.each([30, 100, 300, 1000, 4338])("of %d customers without drift, is rarely found", (n) => {
    let alarms = 0;
    let plain = 0;
    for (let seed = 0; seed < 400; ++seed) {
      const drift = apart(draw(n, 2 * seed), draw(n, 2 * seed + 1));
      if (drift.drifted) ++alarms;
      if (drift.changes.some(({ relativeChange }) => relativeChange > 0.2)) ++plain;
    }
    // One in twenty is promised; four standard deviations of 400 draws are allowed.
    expect(alarms / 400).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 400));
    // The bare 20 % cries in most comparisons of small samples.
    if (n <= 1000) expect(plain / 400).toBeGreaterThan(0.9);
  });

  test("that is there is found where there are customers enough", () => {
    const moved = [0.035, 0.04, 0.22, 0.1, 0.07, 0.055, 0.02, 0.46];
    const found = (n: number) => {
      let alarms = 0;
      for (let seed = 0; seed < 100; ++seed)
        if (apart(draw(n, 2 * seed), draw(n, 2 * seed + 1, moved)).drifted) ++alarms;
      return alarms;
    };
    expect(found(4338)).toBe(100);
    expect(found(60)).toBeLessThan(30);
  });

  test("needs both: more than 20 %, and more than chance", () => {
    const large = apart({ A: 100_000, B: 100_000 }, { A: 110_000, B: 90_000 });
    expect(large.changes[0].relativeChange).toBeCloseTo(0.1, 12);
    expect(large.changes[0].noise).toBeLessThan(0.02);
    expect(large).toMatchObject({ drifted: false, limit: 0.2 });
    const small = apart({ A: 5, B: 95 }, { A: 9, B: 91 });
    expect(small.changes[0].relativeChange).toBeCloseTo(0.8, 12);
    expect(small.drifted).toBe(false);
    const both = apart({ A: 1000, B: 1000 }, { A: 1400, B: 600 });
    expect(both.drifted).toBe(true);
    expect([both, { drifted: false }].map(sizeDriftMessage)).toEqual(["Segment drift detected!", "No segment drift."]);
    expect(apart({ A: 1000, B: 1000 }, { A: 1400, B: 600 }, { limit: 0.5 }).drifted).toBe(false);
  });

  test("is what exceeds both the limit and the noise that is stated", () => {
    for (let seed = 0; seed < 200; ++seed) {
      const before = draw(200 + 10 * seed, seed);
      const { changes } = apart(before, draw(500, 1000 + seed, [0.1, 0.02, 0.2, 0.15, 0.05, 0.01, 0.02, 0.45]));
      for (const { relativeChange, noise, drifted } of changes) {
        expect(drifted).toBe(relativeChange > Math.max(0.2, noise));
      }
    }
    // Two segments: the quantile at 1 - 0.05 / 2 / 2 is 2.241403, the pooled share 0.5.
    const { noise } = apart({ A: 50, B: 50 }, { A: 50, B: 50 }).changes[0];
    expect(noise).toBeCloseTo((2.241403 * Math.sqrt(0.25 * 0.02)) / 0.5, 6);
  });

  test("growth of the whole is reported separately", () => {
    const { drifted, changes } = apart({ A: 1000, B: 1000 }, { A: 1500, B: 1500 });
    expect(drifted).toBe(false);
    expect(changes.map(({ sizeChange, relativeChange }) => [sizeChange, relativeChange])).toEqual([
      [0.5, 0],
      [0.5, 0],
    ]);
  });

  test("of a segment that appears or vanishes has no infinities that say nothing", () => {
    const { changes, drifted } = apart({ A: 1000 }, { A: 900, B: 100 });
    expect(changes[1]).toMatchObject({ name: "B", before: 0, sizeChange: null, drifted: true, grew: true });
    expect(drifted).toBe(true);
    expect(apart({ A: 1000 }, { A: 999, B: 1 }).drifted).toBe(false);
    expect(apart({ A: 900, B: 100 }, { A: 1000 }).changes[1]).toMatchObject({
      after: 0,
      sizeChange: -1,
      drifted: true,
    });
    expect(apart({}, {})).toEqual({ changes: [], drifted: false, limit: 0.2 });
    expect(apart({}, { A: 50 }).drifted).toBe(false);
  });

  test("in words names the segments, and those too small to tell", () => {
    expect(sizeDriftInWords(apart({ A: 1000, B: 1000, C: 4 }, { A: 1400, B: 600, C: 6 }), texts)).toBe(
      "Segment drift detected! A has 1,400 customers instead of 1,000 (share up 39.9%); B has 600 customers instead of 1,000 (share down 40.1%). C changed by over 20%, but has too few customers to rule out chance.",
    );
    expect(sizeDriftInWords(apart({ A: 10 }, { A: 10 }), texts)).toBe("No segment drift.");
    expect(sizeDriftInWords(apart({ A: 1000 }, { A: 900, B: 100 }), texts)).toContain(
      "B has 100 customers instead of 0.",
    );
  });
});

describe("retrain verdict", () => {
  const well = { daysSinceFit: 29, sizesDrifted: false, silhouette: 0.3 };

  test("is no as long as no rule fires, and shows all three", () => {
    const verdict = retrainVerdict(well);
    expect(verdict.retrain).toBe(false);
    expect(verdict.rules.map(({ rule, fired }) => [rule, fired])).toEqual([
      ["age", false],
      ["sizes", false],
      ["silhouette", false],
    ]);
  });

  test.each([
    [{ daysSinceFit: 30 }, "age", "The fit is 30 days old; the limit is 30."],
    [{ sizesDrifted: true }, "sizes", "A cluster changed in size by more than 20% and more than chance explains."],
    [{ silhouette: 0.2999 }, "silhouette", "The silhouette is 0.2999, below 0.3000."],
  ])("%o alone is reason enough, and is named", (facts, rule, reason) => {
    const verdict = retrainVerdict({ ...well, ...facts });
    expect(verdict.retrain).toBe(true);
    expect(verdict.rules.filter(({ fired }) => fired).map((one) => one.rule)).toEqual([rule]);
    expect(verdict.rules.filter(({ fired }) => fired).map((one) => retrainRuleInWords(one, texts))).toEqual([reason]);
  });

  test("age is no reason where no fit is in use", () => {
    const verdict = retrainVerdict({ ...well, daysSinceFit: null });
    expect(verdict.retrain).toBe(false);
    expect(verdict.rules[0]).toEqual({ rule: "age", value: null, limit: 30, fired: false });
    expect(retrainRuleInWords(verdict.rules[0], texts)).toBe(
      "The clusters were fitted in this run, so they are not too old.",
    );
  });

  test("takes other limits, and refuses what is no number", () => {
    expect(retrainVerdict({ ...well, daysSinceFit: 8 }, { maxDays: 7 }).retrain).toBe(true);
    expect(retrainVerdict({ ...well, silhouette: 0.2 }, { minSilhouette: 0.1 }).retrain).toBe(false);
    expect(() => retrainVerdict({ ...well, silhouette: Number.NaN })).toThrow(
      "silhouette is NaN; expected a finite number",
    );
    expect(() => retrainVerdict({ ...well, daysSinceFit: -1 })).toThrow(
      "daysSinceFit is -1; expected a number, at least 0",
    );
    expect(retrainVerdict({ ...well, daysSinceFit: 0 }).retrain).toBe(false);
  });
});
