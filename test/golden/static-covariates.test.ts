// Fader & Hardie 2007, "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models": CDNOW sample,
// exact weeks to 1997-09-30, with what each customer spent on the first day, in hundreds of dollars. The note prints no
// example; the maxima were recomputed with independent code from its likelihoods (scipy, Nelder-Mead and BFGS in turns).
import { beforeAll, describe, expect, test } from "vitest";
import type { HistoryLikelihood } from "../../src/models/btyd/fit/fit-histories.js";
import {
  type BetaGeoModel,
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
  fitBetaGeo,
  fitParetoNbd,
  likelihoodRatioTest,
  type ParetoNbdModel,
  probabilityAlive,
} from "../../src/models/btyd/index.js";
import { betaGeoLikelihood } from "../../src/models/btyd/models/beta-geo-likelihood.js";
import { paretoNbdLikelihood } from "../../src/models/btyd/models/pareto-nbd-likelihood.js";
import { sum } from "../../src/numeric/stats.js";
import { hasRealData } from "../real-data.js";
import { cdnow, type Histories } from "./btyd-data.js";
import { expectClose } from "./close.js";
import { betaGeoWith, paretoNbdWith } from "./models-with.js";

const weeks = { unit: "weeks" } as const;

describe.skipIf(!hasRealData)("first spend as a covariate on the CDNOW sample", () => {
  let sample: Histories;
  let z: number[];
  let histories: Histories & { covariates: { z: number[] } };
  let bg: BetaGeoModel;
  let pareto: ParetoNbdModel;

  beforeAll(() => {
    sample = cdnow("sample", "19970930");
    z = sample.firstSpend.map((amount) => amount / 100);
    histories = { ...sample, covariates: { z } };
    bg = fitBetaGeo(histories, weeks);
    pareto = fitParetoNbd(histories, weeks);
  });

  test("BG/NBD: LL -9558.903, and who spends more buys more often", () => {
    expect(sum(z)).toBeCloseTo(777.5995, 4);
    expect(bg.logLikelihood).toBeCloseTo(-9558.903125, 5);
    expectClose(bg.parameters, { r: 0.252207, alpha: 6.42114, a: 0.370243, b: 0.913963 }, 2e-5);
    expectClose(bg.standardErrors, { r: 0.0132196, alpha: 0.656492, a: 0.15439, b: 0.42214 }, 1e-5);
    const { lambda, a, b } = bg.coefficients;
    expectClose([lambda["z"], a["z"], b["z"]], [0.88429, 2.341534, 2.941082], 5e-5);
    const errors = bg.coefficientErrors!;
    expectClose([errors["lambda"]["z"], errors["a"]["z"], errors["b"]["z"]], [0.166388, 1.21595, 1.26182], 5e-5);
  });

  test("Pareto/NBD: LL -9572.132, and leaving has little to do with it", () => {
    expect(pareto.logLikelihood).toBeCloseTo(-9572.132398, 5);
    expectClose(pareto.parameters, { r: 0.574593, alpha: 14.391198, s: 0.58995, beta: 12.227744 }, 5e-5);
    expectClose(pareto.standardErrors, { r: 0.0497847, alpha: 1.291866, s: 0.17978, beta: 6.425817 }, 3e-4);
    const { lambda, mu } = pareto.coefficients;
    expectClose([lambda["z"], mu["z"]], [0.736827, 0.215012], 5e-5);
    expectClose(
      [pareto.coefficientErrors!["lambda"]["z"], pareto.coefficientErrors!["mu"]["z"]],
      [0.123878, 0.274852],
      1e-6,
    );
  });

  test("the likelihood is that of customers who each have their own alpha, a, b and beta", () => {
    const total = (likelihood: HistoryLikelihood, parametersOf: (z: number) => number[]) =>
      sum(
        sample.x.map((x, i) =>
          likelihood(x, sample.t_x[i], sample.T[i], Float64Array.from(parametersOf(z[i])), new Float64Array(4)),
        ),
      );
    const ofBg = (value: number) => {
      const { r, alpha, a, b } = bg.parameters;
      const { lambda, a: onA, b: onB } = bg.coefficients;
      const rate = Math.exp(-lambda["z"] * value);
      return [r, alpha * rate, a * Math.exp(onA["z"] * value), b * Math.exp(onB["z"] * value)];
    };
    expect(total(betaGeoLikelihood("after each repeat purchase"), ofBg)).toBeCloseTo(bg.logLikelihood, 7);
    const ofPareto = (value: number) => {
      const { r, alpha, s, beta } = pareto.parameters;
      const { lambda, mu } = pareto.coefficients;
      return [r, alpha * Math.exp(-lambda["z"] * value), s, beta * Math.exp(-mu["z"] * value)];
    };
    expect(total(paretoNbdLikelihood(), ofPareto)).toBeCloseTo(pareto.logLikelihood, 7);
  });

  test("against the models without, the covariate is worth it beyond doubt", () => {
    const tests = [
      likelihoodRatioTest(fitBetaGeo(sample, weeks), bg),
      likelihoodRatioTest(fitParetoNbd(sample, weeks), pareto),
    ];
    expectClose(
      tests.map(({ statistic }) => statistic),
      [2 * (9582.429207 - 9558.903125), 2 * (9594.976179 - 9572.132398)],
      1e-4,
    );
    expect(tests.map(({ degreesOfFreedom }) => degreesOfFreedom)).toEqual([3, 2]);
    for (const { pValue } of tests) expect(pValue).toBeLessThan(1e-9);
  });

  test("a customer with the covariate is one without it whose parameters are scaled", () => {
    const ahead = { value: 39, unit: "weeks" } as const;
    const known = { x: [3], t_x: [20], T: [35] };
    const withZ = { ...known, covariates: { z: [0.6] } };
    const { r, alpha, a, b } = bg.parameters;
    const { lambda, a: onA, b: onB } = bg.coefficients;
    const scaledBg = betaGeoWith({
      ...{ r, alpha: alpha * Math.exp(-0.6 * lambda["z"]) },
      ...{ a: a * Math.exp(0.6 * onA["z"]), b: b * Math.exp(0.6 * onB["z"]) },
    });
    const { s, beta, ...rates } = pareto.parameters;
    const scaledPareto = paretoNbdWith({
      ...{ r: rates.r, alpha: rates.alpha * Math.exp(-0.6 * pareto.coefficients["lambda"]["z"]) },
      ...{ s, beta: beta * Math.exp(-0.6 * pareto.coefficients["mu"]["z"]) },
    });
    for (const [fit, scaled] of [
      [bg, scaledBg],
      [pareto, scaledPareto],
    ] as const) {
      expectClose(expectedPurchases(fit, withZ, ahead), expectedPurchases(scaled, known, ahead));
      expectClose(probabilityAlive(fit, withZ), probabilityAlive(scaled, known));
      const newcomer = expectedPurchasesOfNewCustomer(fit, ahead, { covariates: { z: 0.6 } });
      expect(newcomer).toBeCloseTo(expectedPurchasesOfNewCustomer(scaled, ahead), 12);
    }
  });
});
