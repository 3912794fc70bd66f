import { describe, expect, test } from "vitest";
import { bernoulli, createRandom, gamma } from "../../src/numeric/random.js";
import { type Arm, readExperiment, relativeChange } from "../../src/strategy/index.js";

/** A value with normal bounds. */
const around = (value: number, error: number) => ({ value, lower: value - error, upper: value + error });

test.each([
  [12, 1, 10, 1.5],
  [8, 2, 10, 0.5],
  [10, 1, 10, 1],
])("with normal bounds it is Fieller's interval: %d ± %d over %d ± %d", (a, errorA, b, errorB) => {
  // Fieller 1954: the R for which (a - R b)² = errorA² + R² errorB².
  const [A, B, C] = [b * b - errorB * errorB, -2 * a * b, a * a - errorA * errorA];
  const root = Math.sqrt(B * B - 4 * A * C);
  const { value, lower, upper } = relativeChange(around(a, errorA), around(b, errorB));
  expect(value).toBeCloseTo(a / b - 1, 12);
  expect(lower).toBeCloseTo((-B - root) / (2 * A) - 1, 12);
  expect(upper).toBeCloseTo((-B + root) / (2 * A) - 1, 12);
});

test("has the sign of the difference just where that is sure", () => {
  for (const errorA of [0.1, 0.5, 1, 1.9, 2.1, 3]) {
    const { lower } = relativeChange(around(12, errorA), around(10, 0.5));
    expect(lower > 0).toBe(2 - Math.hypot(errorA, 0.5) > 0);
  }
});

test("is not known where the base is nothing, and open where it may be", () => {
  expect(relativeChange(around(1, 1), around(0, 0)).value).toBeNaN();
  expect(relativeChange(around(1, 0.5), around(1, 1.5)).upper).toBe(Number.POSITIVE_INFINITY);
  expect(relativeChange({ value: 0, lower: 0, upper: 0.1 }, around(1, 0.1)).lower).toBe(-1);
  expect(relativeChange(around(1, Number.POSITIVE_INFINITY), around(1, Number.POSITIVE_INFINITY))).toEqual({
    value: 0,
    lower: -1,
    upper: Number.POSITIVE_INFINITY,
  });
});

test("nothing falls by more than all of it, though less than nothing may be left of a mean", () => {
  expect(relativeChange(around(-1, 0.5), around(10, 1))).toEqual({ value: -1, lower: -1, upper: -1 });
  const { value, lower, upper } = relativeChange(around(-1, 3), around(10, 1));
  expect([value, lower]).toEqual([-1, -1]);
  expect(upper).toBeGreaterThan(-0.8);
  expect(upper).toBeLessThan(-0.75);
});

test("means known to the rounding have bounds, not nothing", () => {
  for (const a of [0.1, 0.7, 1.3, 12.3]) {
    const { lower, upper } = relativeChange(around(a, 1e-15), around(0.3, 1e-17));
    expect(lower).toBeCloseTo(a / 0.3 - 1, 6);
    expect(upper).toBeCloseTo(a / 0.3 - 1, 6);
  }
});

/** Share of 600 experiments whose relative interval holds the true change, beside the one that takes the base as sure. */
function coverage(draw: (arm: Arm, random: ReturnType<typeof createRandom>) => number, kind: "conversion" | "spend") {
  const arms = Array.from({ length: 240 }, (_, i): Arm => (i < 120 ? "test" : "control"));
  const counted = { both: 0, baseSure: 0 };
  for (let seed = 0; seed < 600; ++seed) {
    const random = createRandom(seed);
    const outcome = arms.map((arm) => draw(arm, random));
    const { relative, lower, upper, control } = readExperiment(
      { arms, outcome },
      { kind, winsorizeAt: 1, reliableFrom: 2 },
    );
    if (relative.lower <= 0.5 && 0.5 <= relative.upper) ++counted.both;
    if (lower / control.mean <= 0.5 && 0.5 <= upper / control.mean) ++counted.baseSure;
  }
  return { both: counted.both / 600, baseSure: counted.baseSure / 600 };
}

describe("95 of 100 intervals hold a rise by half", () => {
  // Four standard deviations of 600 draws at 0.95.
  const noise = 4 * Math.sqrt((0.95 * 0.05) / 600);
  test("of a share from 30 %, where taking the base as sure would hold it too seldom", () => {
    const { both, baseSure } = coverage(
      (arm, random) => Number(bernoulli(random, arm === "test" ? 0.45 : 0.3)),
      "conversion",
    );
    expect(Math.abs(both - 0.95)).toBeLessThan(noise);
    expect(baseSure).toBeLessThan(both);
  });

  test("of a mean", () => {
    const { both, baseSure } = coverage((arm, random) => gamma(random, 2, arm === "test" ? 1 / 1.5 : 1), "spend");
    expect(Math.abs(both - 0.95)).toBeLessThan(noise);
    expect(baseSure).toBeLessThan(both);
  });
});
