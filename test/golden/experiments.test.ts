import { expect, test } from "vitest";
import { detectableEffect, sampleSizePerArm } from "../../src/strategy/index.js";

// Sizes per arm for +5 %, alpha 0.05, power 0.8, measured by the reference on CDNOW and Online Retail. Its means and
// deviations are printed rounded, which moves the sizes by less than 0.2 %.
const within = (value: number, expected: number, share: number) =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(share);

test("spend on CDNOW, plain and with CUPED", () => {
  const spend = { kind: "mean", mean: 8.99, standardDeviation: 44.41 } as const;
  within(sampleSizePerArm(spend, 0.05), 153_142, 0.002);
  within(sampleSizePerArm({ ...spend, correlation: 0.6175 }, 0.05), 94_747, 0.002);
});

test("spend on Online Retail", () => {
  within(sampleSizePerArm({ kind: "mean", mean: 846.25, standardDeviation: 5007 }, 0.05), 219_839, 0.0002);
});

test("conversion, with unpooled variance", () => {
  within(sampleSizePerArm({ kind: "conversion", rate: 0.1401 }, 0.05), 39_355, 0.001);
  within(sampleSizePerArm({ kind: "conversion", rate: 0.57 }, 0.05), 4690, 0.0002);
});

test("2,169 customers per arm see 18.0 % where 28,050 see 5 %", () => {
  const winsorized = { kind: "mean", mean: 1, standardDeviation: 1 } as const;
  const scale = Math.sqrt(28_050 / sampleSizePerArm(winsorized, 0.05));
  const outcome = { ...winsorized, standardDeviation: scale };
  within(detectableEffect(outcome, 2169), 0.18, 0.002);
  within(detectableEffect({ ...outcome, correlation: 0.6887 }, 2169), 0.13, 0.01);
});
