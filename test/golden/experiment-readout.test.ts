import { expect, test } from "vitest";
import { studentQuantile } from "../../src/numeric/student-quantile.js";
import { type Arm, readExperiment } from "../../src/strategy/index.js";

/** Customers of both arms, with so many buyers among them. */
function conversions([boughtTest, test]: readonly number[], [boughtControl, control]: readonly number[]) {
  const arms = Array.from({ length: test + control }, (_, i): Arm => (i < test ? "test" : "control"));
  const outcome = arms.map((arm, i) => Number(arm === "test" ? i < boughtTest : i - test < boughtControl));
  return { arms, outcome };
}

test.each([
  ["(a)", [56, 70], [48, 80], 0.0524, 0.3339],
  ["(b)", [9, 10], [3, 10], 0.1705, 0.809],
  ["(c)", [6, 7], [2, 7], 0.0582, 0.8062],
  ["(d)", [5, 56], [0, 29], -0.0381, 0.1926],
  ["(e)", [0, 10], [0, 20], -0.1611, 0.2775],
  ["(f)", [0, 10], [0, 10], -0.2775, 0.2775],
  ["(g)", [10, 10], [0, 20], 0.6791, 1],
  ["(h)", [10, 10], [0, 10], 0.6075, 1],
] as const)("Newcombe 1998, table II, method 10, contrast %s", (_, ofTest, ofControl, lower, upper) => {
  const readout = readExperiment(conversions(ofTest, ofControl), { kind: "conversion" });
  expect(readout.lower).toBeCloseTo(lower, 4);
  expect(readout.upper).toBeCloseTo(upper, 4);
  expect(readout.difference).toBeCloseTo(ofTest[0] / ofTest[1] - ofControl[0] / ofControl[1], 12);
});

test("Student 1908, extra hours of sleep, Welch's interval as R's t.test prints it", () => {
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const arms = [...first, ...second].map((_, i): Arm => (i < 10 ? "test" : "control"));
  // Two more hours for everyone, since amounts are from 0, leave the difference as it is.
  const outcome = [...first, ...second].map((hours) => hours + 2);
  const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 });
  expect(readout.lower).toBeCloseTo(-3.3654832, 7);
  expect(readout.upper).toBeCloseTo(0.2054832, 7);
  expect([readout.test.mean, readout.control.mean]).toEqual([expect.closeTo(2.75, 12), expect.closeTo(4.33, 12)]);
});

test.each([
  [1, 0.975, 12.7062047],
  [2, 0.975, 4.30265273],
  [5, 0.975, 2.57058184],
  [10, 0.95, 1.81246112],
  [17.776, 0.975, 2.1027],
  [30, 0.995, 2.74999565],
  [120, 0.975, 1.97993041],
])("tables of Student's t: %d degrees of freedom, p = %d", (df, p, t) => {
  expect(studentQuantile(p, df)).toBeCloseTo(t, df % 1 ? 3 : 7);
});

test("Student's t becomes normal", () => {
  expect(studentQuantile(0.975, 1e8)).toBeCloseTo(1.959963985, 7);
  expect(studentQuantile(0.975, 1e12)).toBeCloseTo(1.959963985, 9);
});
