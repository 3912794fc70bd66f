import { describe, expect, test } from "vitest";
import { upliftAtK } from "../../src/evaluation/index.js";

describe("upliftAtK", () => {
  const outcome = [0, 1, 1, 0, 1, 0];
  const uplift = [0.8, 0.9, 0.5, 0.5, 0.5, 0.5];
  const treatment = [0, 1, 1, 1, 0, 0];

  test.each([
    // Both rows above the tie, one of each arm.
    [2 / 6, 1],
    // One row of the four that tie, a quarter of each: 1.25 of 1.5 treated and 0.25 of 1.5 controls.
    [3 / 6, 1.25 / 1.5 - 0.25 / 1.5],
    [4 / 6, 1.5 / 2 - 0.5 / 2],
    [1, 2 / 3 - 1 / 3],
  ])("counts rows that tie at the edge in proportion: k = %d gives %d", (k, wanted) => {
    expect(upliftAtK(outcome, uplift, treatment, { k })).toBeCloseTo(wanted, 12);
  });

  test("refuses a share outside (0, 1], and best-ranked rows of one arm", () => {
    for (const k of [0, -0.1, 1.01, Number.NaN])
      expect(() => upliftAtK(outcome, uplift, treatment, { k })).toThrow(`k is ${k}; expected a share in (0, 1]`);
    expect(() => upliftAtK(outcome, uplift, treatment, { k: 1 / 6 })).toThrow("has only one arm");
    expect(() =>
      upliftAtK(
        outcome,
        uplift,
        treatment.map((arm) => 1 - arm),
        { k: 1 / 6 },
      ),
    ).toThrow("has only one arm");
  });
});
