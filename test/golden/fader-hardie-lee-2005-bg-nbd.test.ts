// Fader, Hardie & Lee 2005, "Counting your customers the easy way", Marketing Science 24(2): tables 2 and 3, CDNOW
// sample, exact weeks to 1997-09-30, beside maxima recomputed to six decimals with independent code.
import { beforeAll, describe, expect, test } from "vitest";
import {
  type BetaGeoModel,
  expectedPurchases,
  fitBetaGeo,
  fitModifiedBetaGeo,
  fitNbd,
  fitParetoNbd,
  holdoutTable,
  likelihoodRatioTest,
  type ParetoNbdModel,
} from "../../src/models/btyd/index.js";
import { mean, quantileOfSorted, standardDeviation, sum } from "../../src/numeric/stats.js";
import { hasRealData } from "../real-data.js";
import { cdnow, cdnowRounded, type Histories } from "./btyd-data.js";
import { expectClose } from "./close.js";

describe.skipIf(!hasRealData)("on the CDNOW sample", () => {
  let sample: Histories;
  let bg: BetaGeoModel;
  let pareto: ParetoNbdModel;
  const weeks39 = { value: 39, unit: "weeks" } as const;

  beforeAll(() => {
    sample = cdnow("sample", "19970930");
    bg = fitBetaGeo(sample, { unit: "weeks" });
    pareto = fitParetoNbd(sample, { unit: "weeks" });
  });

  test("the sample has the published facts", () => {
    expect(sample.x).toHaveLength(2357);
    expect(sample.x.filter((x) => x > 0)).toHaveLength(946);
    expect(sum(sample.x)).toBe(2457);
    expect(sum(sample.xHoldout)).toBe(1882);
    expect(sum(sample.spendHoldout)).toBeCloseTo(70976.39, 2);
    // Fader, Hardie & Lee 2005, "RFM and CLV", table 1: 35 on average, 27 in the middle, 3 to 300.
    const spent = sample.m_x.filter((_, i) => sample.x[i] > 0).sort((a, b) => a - b);
    expect(mean(spent)).toBeCloseTo(35.0778, 4);
    const described = [standardDeviation(spent), quantileOfSorted(spent, 0.5), spent[0], spent[spent.length - 1]];
    expect(described.map(Math.round)).toEqual([30, 27, 3, 300]);
  });

  test("table 2: BG/NBD is .243 4.414 .793 2.426 with LL -9582.4", () => {
    expectClose(bg.parameters, { r: 0.242595, alpha: 4.413602, a: 0.792922, b: 2.425907 }, 1e-6);
    expectClose(bg.standardErrors!, { r: 0.01256, alpha: 0.37822, a: 0.18573, b: 0.70541 }, 1e-5);
    expect(bg.logLikelihood).toBeCloseTo(-9582.429207, 6);
    expect(bg).toMatchObject({ converged: true, boundary: null, customers: 2357, unit: "weeks" });
    expect(bg.gradientNorm).toBeLessThan(1e-6);
  });

  test("table 2: Pareto/NBD is .553 10.578 .606 11.669 with LL -9595.0", () => {
    expectClose(pareto.parameters, { r: 0.553277, alpha: 10.577684, s: 0.60624, beta: 11.66873 }, 6e-6);
    expectClose(pareto.standardErrors!, { r: 0.04763, alpha: 0.84272, s: 0.18728, beta: 6.21094 }, 2e-4);
    expect(pareto.logLikelihood).toBeCloseTo(-9594.976179, 6);
    // What Bemmaor & Glady 2012 find for the GGom/NBD, whose limit this is.
    expect(pareto.logLikelihood).toBeCloseTo(-9594.98, 2);
    expect(pareto).toMatchObject({ converged: true, boundary: null });
  });

  test("the NBD is .385 12.072 with LL -9763.7 on rounded weeks, and dropout improves on it beyond doubt", () => {
    const nbd = fitNbd(cdnowRounded(), { unit: "weeks" });
    expectClose(nbd.parameters, { r: 0.384768, alpha: 12.072085 }, 6e-6);
    expect(nbd.logLikelihood).toBeCloseTo(-9763.66, 3);
    const { statistic, degreesOfFreedom, pValue } = likelihoodRatioTest(fitNbd(sample, { unit: "weeks" }), bg);
    expect([statistic, degreesOfFreedom]).toEqual([expect.closeTo(362.4568, 3), 2]);
    expect(pValue).toBeLessThan(1e-70);
  });

  test("weeks rounded to two decimals move the likelihood in the third decimal", () => {
    const rounded = fitBetaGeo(cdnowRounded(), { unit: "weeks" });
    expect(rounded.logLikelihood).toBeCloseTo(-9582.425561, 5);
    expectClose(rounded.parameters, { r: 0.24259, alpha: 4.41353, a: 0.79289, b: 2.42575 }, 1e-5);
  });

  test("the modified BG/NBD is .525 6.183 .891 1.614", () => {
    const mbg = fitModifiedBetaGeo(sample, { unit: "weeks" });
    expectClose(mbg.parameters, { r: 0.524843, alpha: 6.183085, a: 0.891359, b: 1.614002 }, 1e-6);
    expect(mbg.logLikelihood).toBeCloseTo(-9582.135716, 6);
  });

  test("the holdout of 39 weeks: 1,882 purchases, of which BG/NBD expects 1,653.4 and Pareto/NBD 1,665.5", () => {
    const judged = [bg, pareto].map((model) => {
      const expected = expectedPurchases(model, sample, weeks39);
      const errors = Array.from(expected, (e, i) => e - sample.xHoldout[i]);
      return {
        total: sum(expected),
        correlation: correlation(expected, sample.xHoldout),
        mae: sum(errors.map(Math.abs)) / errors.length,
        rmse: Math.sqrt(sum(errors.map((e) => e * e)) / errors.length),
        table: holdoutTable(sample.x, { actual: sample.xHoldout, expected }),
      };
    });
    expectClose(judged[0], { total: 1653.4, mae: 0.7855, rmse: 1.608 }, 0.05);
    expectClose(judged[0], { mae: 0.7855, rmse: 1.608, correlation: 0.6256 }, 5.1e-5);
    expectClose(judged[1], { total: 1665.5 }, 0.05);
    expectClose(judged[1], { mae: 0.7545, rmse: 1.6028, correlation: 0.6302 }, 5.1e-5);
    const [bgTable, paretoTable] = judged.map(({ table }) => table);
    expect(bgTable.map(({ customers }) => customers)).toEqual([1411, 439, 214, 100, 62, 38, 29, 64]);
    expectClose(
      bgTable.map((row) => row.actual!),
      [0.237, 0.697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359],
      6e-4,
    );
    expectClose(
      bgTable.map((row) => row.expected!),
      [0.225, 0.523, 1.044, 1.52, 2.164, 2.654, 3.504, 6.157],
      6e-4,
    );
    expectClose(
      paretoTable.map((row) => row.expected!),
      [0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403],
      1.1e-3,
    );
  });

  test("going on at the rate so far, without a model, expects 2,930.1 and errs by 1.0237", () => {
    const naive = sample.x.map((x, i) => (x / sample.T[i]) * 39);
    expect(sum(naive)).toBeCloseTo(2930.1, 1);
    expect(mean(naive.map((e, i) => Math.abs(e - sample.xHoldout[i])))).toBeCloseTo(1.0237, 4);
  });

  test("merging equal histories changes nothing", () => {
    for (const [fitModel, model] of [
      [fitBetaGeo, bg],
      [fitParetoNbd, pareto],
    ] as const) {
      const alone = fitModel(sample, { unit: "weeks", compress: false });
      expectClose(alone.parameters, model.parameters, 1e-8);
      expect(alone.logLikelihood).toBeCloseTo(model.logLikelihood, 7);
    }
  });

  test("days instead of weeks scale the times and nothing else", () => {
    const days = { x: sample.x, t_x: sample.t_x.map((t) => 7 * t), T: sample.T.map((t) => 7 * t) };
    const inDays = fitParetoNbd(days, { unit: "days" });
    const { r, alpha, s, beta } = pareto.parameters;
    expectClose(inDays.parameters, { r, alpha: 7 * alpha, s, beta: 7 * beta }, 1e-5);
    expectClose(
      Array.from(expectedPurchases(inDays, days, weeks39)),
      Array.from(expectedPurchases(pareto, sample, weeks39)),
      1e-6,
    );
  });
});

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const together = mean(Array.from(a, (value, i) => (value - meanA) * (b[i] - meanB)));
  return together / (standardDeviation(a) * standardDeviation(b));
}
