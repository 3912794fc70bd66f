// Fader, Hardie & Lee 2005, "RFM and CLV: using iso-value curves for customer base analysis", J. Marketing Research
// 42(4); Fader & Hardie 2013, note 25 (Gamma-Gamma); CDNOW sample, exact weeks.
import { beforeAll, describe, expect, test } from "vitest";
import {
  customerLifetimeValue,
  discountedExpectedPurchases,
  expectedPurchases,
  expectedSpend,
  fitBetaGeo,
  fitGammaGamma,
  fitParetoNbd,
  type GammaGammaModel,
  type PurchaseModel,
} from "../../src/models/btyd/index.js";
import { hasRealData } from "../real-data.js";
import { cdnow, type Histories } from "./btyd-data.js";
import { expectClose } from "./close.js";
import { gammaGammaWith, paretoNbdWith } from "./models-with.js";

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

describe("with the paper's parameters", () => {
  const model = paretoNbdWith({ r: 0.5629966, alpha: 12.559037, s: 0.4081095, beta: 10.5148048 });

  test("DERT at 15 % a year (0.0027 a week) for x = 7, t_x = 35, T = 77.86", () => {
    const dert = discountedExpectedPurchases(model, { x: [7], t_x: [35], T: [77.86] }, { discountRate: 0.0027 });
    expect(dert[0]).toBeCloseTo(1.86418333, 7);
  });

  test("DERT stays a number where its powers and its incomplete gamma function overflow (40 digits of eq. 2)", () => {
    const alike = paretoNbdWith({ r: 0.5, alpha: 10, s: 500, beta: 20_000 });
    const dert = discountedExpectedPurchases(alike, { x: [3], t_x: [20], T: [30] }, { discountRate: 0.0027 });
    expect(dert[0]).toBeCloseTo(2.129600004974733, 9);
  });

  test("the increasing-frequency paradox of DERT at t_x = 30", () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const dert = discountedExpectedPurchases(
      model,
      { x, t_x: x.map(() => 30), T: x.map(() => 77.86) },
      { discountRate: 0.0027 },
    );
    expectClose(dert, [2.1992, 2.8435, 2.8671, 2.4454, 1.8405, 1.2624, 0.8096, 0.4948, 0.292, 0.1679], 5.1e-5);
  });

  test("note 25: spend per purchase given what was spent", () => {
    const spend = gammaGammaWith({ p: 6.249571, q: 3.744225, v: 15.443527 });
    const values = expectedSpend(spend, { x: [2, 3, 1, 0], m_x: [40, 35, 35, 0] });
    expectClose(values.slice(0, 3), [39.1305, 35.0218, 35.052], 6e-5);
    // Not met: the note prints 35.171; its own parameters give 35.1704.
    expect(values[3]).toBeCloseTo(35.1704, 4);
  });
});

describe.skipIf(!hasRealData)("on the CDNOW sample", () => {
  let sample: Histories;
  let spend: GammaGammaModel;

  beforeAll(() => {
    sample = cdnow("sample", "19970930");
    spend = fitGammaGamma(sample);
  });

  test("note 25: Gamma-Gamma is 6.25 3.74 15.44 with LL -4055.92, and 35.17 on average", () => {
    expectClose(spend.parameters, { p: 6.249571, q: 3.744225, v: 15.443527 }, 1e-5);
    expectClose(spend.standardErrors!, { p: 1.19, q: 0.2901, v: 4.159 }, 6e-4);
    expect(spend.logLikelihood).toBeCloseTo(-4055.917695, 6);
    expect(spend).toMatchObject({
      customers: 946,
      leftOut: { withoutPurchases: 1411, withoutSpend: 0 },
      boundary: null,
    });
    expect(spend.correlation).toBeCloseTo(0.1139, 4);
    expect(spend.populationMean).toBeCloseTo(35.171, 2);
  });

  test("note 25, table 2: what the first ten customers are expected to spend", () => {
    const ten = { x: sample.x.slice(0, 10), m_x: sample.m_x.slice(0, 10) };
    const published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    expectClose(expectedSpend(spend, ten), published, 5.1e-3);
    // lifetimes: the same from rounded parameters, to a tenth.
    expectClose(expectedSpend(gammaGammaWith({ p: 6.25, q: 3.74, v: 15.44 }), ten), published, 0.1);
  });

  test("78 weeks: Pareto/NBD, BG/NBD and Gamma-Gamma", () => {
    const all = cdnow("sample", "19980630");
    const pareto = fitParetoNbd(all, { unit: "weeks" });
    expectClose(pareto.parameters, { r: 0.563004, alpha: 12.559169, s: 0.408107, beta: 10.514543 }, 3e-6);
    expect(pareto.logLikelihood).toBeCloseTo(-17135.835886, 6);
    // The paper's, to the digits that its optimizer reached.
    expectClose(pareto.parameters, { r: 0.5629966, alpha: 12.559037, s: 0.4081095, beta: 10.5148048 }, 3e-4);
    const bg = fitBetaGeo(all, { unit: "weeks" });
    expectClose(bg.parameters, { r: 0.253561, alpha: 5.447257, a: 0.607366, b: 2.647235 }, 1e-6);
    expect(bg.logLikelihood).toBeCloseTo(-17138.233965, 6);
    const gammaGamma = fitGammaGamma(all);
    expectClose(gammaGamma.parameters, { p: 4.683453, q: 4.189783, v: 24.390554 }, 1e-6);
    expect(gammaGamma.logLikelihood).toBeCloseTo(-4884.566321, 6);
  });

  test("total residual value at 15 % a year", () => {
    const pareto = fitParetoNbd(sample, { unit: "weeks" });
    const dert = discountedExpectedPurchases(pareto, sample, { discountRate: Math.log(1.15) / 52 });
    const value = expectedSpend(spend, sample);
    // Recomputed sums carry the end points of other optimizers: they agree to 3 in ten million.
    const total = sum(dert.map((d, i) => d * value[i]));
    expectClose([sum(dert) / 7205.5495, total / 261531.72], [1, 1], 3e-7);
    expect(total / sample.x.length).toBeCloseTo(110.96, 2);
    expectClose([dert[0], value[0], dert[0] * value[0]], [6.50035, 24.65392, 160.2592], 1e-4);
  });

  test("twelve months at 1 % a month of 4.345 weeks, and holdout spend", () => {
    const worth = (purchases: PurchaseModel) => {
      const horizon = { value: 12 * 4.345, unit: "weeks" } as const;
      const options = { horizon, yearlyDiscountRate: 1.01 ** 12 - 1, daysPerMonth: 7 * 4.345 };
      const { total, path } = customerLifetimeValue({ purchases, spend }, sample, options);
      expect(path).toHaveLength(12);
      expect(sum(path.map((month) => month[0]))).toBeCloseTo(total[0], 9);
      const next = expectedPurchases(purchases, sample, { value: 39, unit: "weeks" });
      const value = expectedSpend(spend, sample);
      return [sum(total), total[0], sum(next.map((n, i) => n * value[i]))];
    };
    const [bgSum, bgFirst, bgHoldout] = worth(fitBetaGeo(sample, { unit: "weeks" }));
    // Recomputed sums carry the end points of other optimizers.
    expect(Math.abs(bgSum / 71507.78 - 1)).toBeLessThan(3e-6);
    expect(bgFirst).toBeCloseTo(36.274, 4);
    expect(bgHoldout).toBeCloseTo(59931.6, 1);
    const [paretoSum, paretoFirst, paretoHoldout] = worth(fitParetoNbd(sample, { unit: "weeks" }));
    expect(paretoSum).toBeCloseTo(72315.6, 1);
    expect(paretoFirst).toBeCloseTo(43.0744, 4);
    expect(paretoHoldout).toBeCloseTo(60449.3, 1);
    // Both miss the 70,976.39 that were spent by about 15 %.
    const spent = sum(sample.spendHoldout);
    expectClose([bgHoldout / spent, paretoHoldout / spent], [0.844, 0.852], 5e-4);
  });
});
