import { expect, test } from "vitest";
import { trackPurchases } from "../../../src/models/btyd/index.js";
import { nbdWith } from "../../golden/models-with.js";

const model = nbdWith({ r: 2, alpha: 4 });

test("trackPurchases: a purchase at the very end of a period belongs to it, and one after the last is not counted", () => {
  const log = { first: [0, 0], repeats: [0, 0.5, 1, 1.5, 2, 3, 3.5] };
  const { actual, actualCumulative, end } = trackPurchases(model, log, {
    period: { value: 1, unit: "weeks" },
    periods: 3,
  });
  expect(Array.from(actual)).toEqual([3, 2, 1]);
  expect(Array.from(actualCumulative)).toEqual([3, 5, 6]);
  expect(Array.from(end)).toEqual([1, 2, 3]);
});

test("trackPurchases: rounding carries no purchase over the end of its period", () => {
  const log = { first: [0], repeats: [0.1 * 3] };
  const { actual } = trackPurchases(model, log, { period: { value: 0.1, unit: "weeks" }, periods: 4 });
  expect(Array.from(actual)).toEqual([0, 0, 1, 0]);
});

test("trackPurchases: customers are expected to buy from their first purchase on", () => {
  const log = { first: [0, 1.5], repeats: [] };
  const { expected, expectedCumulative } = trackPurchases(model, log, {
    period: { value: 1, unit: "weeks" },
    periods: 2,
  });
  // r / alpha is half a purchase a week.
  expect(Array.from(expectedCumulative)).toEqual([expect.closeTo(0.5, 12), expect.closeTo(1.25, 12)]);
  expect(expected[1]).toBeCloseTo(0.75, 12);
});
