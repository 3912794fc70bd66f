import { expect, test } from "vitest";
import { bernoulli, createRandom } from "../../src/numeric/random.js";
import { sampleRatio } from "../../src/strategy/index.js";

test("the example of Kohavi, Tang & Xu 2020, chapter 3: 821,588 against 815,482 users has p = 1.8e-6", () => {
  const { statistic, pValue, off } = sampleRatio({ test: 815_482, control: 821_588 }, 0.5);
  expect(pValue).toBeCloseTo(1.8e-6, 7);
  expect(statistic).toBeCloseTo(22.77, 2);
  expect(off).toBe(true);
});

test.each([
  // Squares of normal quantiles: 1.959964, 2.575829, 3.290527.
  [3.841459, 0.05],
  [6.634897, 0.01],
  [10.827566, 0.001],
])("a chi-square of %d has p = %d", (statistic, p) => {
  const off = Math.sqrt(statistic * 10_000) / 2;
  const ratio = sampleRatio({ test: 5000 + off, control: 5000 - off }, 0.5);
  expect(ratio.statistic).toBeCloseTo(statistic, 6);
  expect(ratio.pValue).toBeCloseTo(p, 6);
});

test("uneven plans are held to themselves", () => {
  const planned = sampleRatio({ test: 800, control: 200 }, 0.8);
  expect([planned.statistic, planned.pValue]).toEqual([expect.closeTo(0, 12), expect.closeTo(1, 12)]);
  expect(sampleRatio({ test: 800, control: 200 }, 0.5).off).toBe(true);
});

test("the lot itself is called off about once in a thousand times", () => {
  const random = createRandom(11);
  let off = 0;
  for (let round = 0; round < 4000; ++round) {
    let inTest = 0;
    for (let i = 0; i < 300; ++i) inTest += bernoulli(random, 0.5) ? 1 : 0;
    if (sampleRatio({ test: inTest, control: 300 - inTest }, 0.5).off) ++off;
  }
  // 4 expected; 14 or more have a chance of about 1 in 10,000.
  expect(off).toBeLessThan(14);
  expect(off).toBeGreaterThan(0);
});

test("nobody at all and shares beyond (0, 1) are refused", () => {
  expect(() => sampleRatio({ test: 0, control: 0 }, 0.5)).toThrow("there are 0 test and 0 control customers");
  expect(() => sampleRatio({ test: 1, control: 1 }, 1)).toThrow("testShare is 1; expected a share in (0, 1)");
});
