import { expect, test } from "vitest";
import { judgeCut } from "../../src/evaluation/judge-cut.js";

const cut = {
  origin: "2025-01-01",
  part: "test",
  asOf: "2025-01-01",
  nTrain: 2,
  groups: ["a", "b"],
  yTrue: Float64Array.of(0, 0),
  yPred: { one: Float64Array.of(1, -1) },
} as const;
/** Judges rows whose losses are 1 and -1 by a loss of all rows that misses their mean, 0. */
const judge = (excess: number) => judgeCut(cut, (_, yPred) => (yPred.length > 1 ? excess : yPred[0]), []);

test("judgeCut: the loss of all rows may differ from the mean of their losses by rounding, also where it is near 0", () => {
  expect(judge(9e-10).means).toEqual({ one: 9e-10 });
  expect(() => judge(1.1e-9)).toThrow("Cannot judge a backtest: the loss of all rows is 1.1e-9");
});
