// Every code by which a fit says what the data cannot identify, reached with data.
import { expect, test } from "vitest";
import {
  fitBetaGeo,
  fitBetaGeoBetaBinomial,
  fitGammaGamma,
  fitModifiedBetaGeo,
  fitNbd,
  fitParetoNbd,
  fitShiftedBetaGeometric,
  simulateHistories,
  simulateSpend,
} from "../../../src/models/btyd/index.js";
import {
  betaGeoBetaBinomialWith,
  betaGeoWith,
  gammaGammaWith,
  modifiedBetaGeoWith,
  nbdWith,
  paretoNbdWith,
} from "../../golden/models-with.js";

const weeks = { unit: "weeks" } as const;
const ages = Float64Array.from({ length: 1500 }, (_, i) => 30 + (i % 30));
const years = new Float64Array(1500).fill(8);
const x = Float64Array.from({ length: 1500 }, (_, i) => 1 + (i % 5));
const notIdentified = { code: "not_identified" };

test("all buy at one rate", () => {
  const same = { r: 1e8, alpha: 1e9 };
  const dropout = { a: 0.8, b: 2.5 };
  const found = [
    fitNbd(simulateHistories(nbdWith(same), ages, { seed: 1 }), weeks),
    fitBetaGeo(simulateHistories(betaGeoWith({ ...same, ...dropout }), ages, { seed: 6 }), weeks),
    fitModifiedBetaGeo(simulateHistories(modifiedBetaGeoWith({ ...same, ...dropout }), ages, { seed: 1 }), weeks),
    fitParetoNbd(simulateHistories(paretoNbdWith({ ...same, s: 0.8, beta: 10 }), ages, { seed: 2 }), weeks),
  ];
  for (const { boundary, parameters } of found) {
    expect(boundary).toEqual({ code: "purchase_rates_alike" });
    // What can be told is: a purchase in ten weeks.
    expect(parameters.r / parameters.alpha).toBeCloseTo(0.1, 2);
  }
});

test("all leave with one chance, at one rate", () => {
  const rates = { r: 0.8, alpha: 5 };
  const truth = { ...rates, a: 2e7, b: 8e7 };
  const found = (chance: number) => ({ code: "dropout_chances_alike", chance: expect.closeTo(chance, 3) });
  expect(fitBetaGeo(simulateHistories(betaGeoWith(truth), ages, { seed: 1 }), weeks).boundary).toEqual(found(0.2));
  expect(fitModifiedBetaGeo(simulateHistories(modifiedBetaGeoWith(truth), ages, { seed: 1 }), weeks).boundary).toEqual(
    found(0.19),
  );
  const pareto = paretoNbdWith({ ...rates, s: 1e7, beta: 2e8 });
  // The second lies at s = 5267, where the likelihood is level and infinity within a standard error.
  for (const [seed, rate] of [
    [1, 0.0534],
    [3, 0.0494],
  ] as const) {
    expect(fitParetoNbd(simulateHistories(pareto, ages, { seed }), weeks).boundary).toEqual({
      ...{ code: "dropout_rates_alike", rate: expect.closeTo(rate, 4) },
    });
  }
});

test("infinity within two standard errors: dropout of another model, seen as one rate", () => {
  const many = Float64Array.from({ length: 4600 }, (_, i) => 20 + (i % 30) + i / 5000);
  const histories = simulateHistories(betaGeoWith({ r: 0.6, alpha: 6, a: 0.9, b: 2.5 }), many, { seed: 12 });
  const { boundary, parameters, standardErrors } = fitParetoNbd(histories, weeks);
  expect(parameters.s).toBeLessThan(300);
  expect(standardErrors!.s).toBeGreaterThan(5000);
  expect(boundary?.code).toBe("dropout_rates_alike");
});

test("dropout that is all or nothing", () => {
  const once = { x: [1, 0], t_x: [1, 0], T: [20, 20], counts: [5, 1] };
  expect(fitBetaGeo(once, weeks).boundary).toEqual({ code: "dropout_first" });
  const never = { code: "dropout_first_or_never" };
  const either = { x: [4, 1], t_x: [9, 18], T: [10, 40], counts: [1, 5] };
  expect(fitBetaGeo(either, weeks).boundary).toEqual(never);
  const both = { x: [3, 2, 0], t_x: [9, 31, 0], T: [10, 40, 20], counts: [400, 100, 400] };
  expect(fitModifiedBetaGeo(both, weeks).boundary).toEqual(never);
  expect(fitParetoNbd({ x: [4, 0], t_x: [16, 0], T: [20, 20] }, weeks).boundary).toEqual({
    code: "dropout_at_once_or_never",
  });
});

test("too few kinds of histories for four parameters", () => {
  const three = { x: [2, 1, 0], t_x: [40, 8, 0], T: [40, 10, 40], counts: [1, 400, 100] };
  expect(fitBetaGeo(three, weeks)).toMatchObject({ boundary: notIdentified, standardErrors: null });
});

test("no dropout has one code, whichever the model", () => {
  const histories = simulateHistories(nbdWith({ r: 0.7, alpha: 9 }), ages, { seed: 9 });
  const found = [fitBetaGeo, fitModifiedBetaGeo, fitParetoNbd].map((fitModel) => fitModel(histories, weeks).boundary);
  expect(found).toEqual(Array(3).fill({ code: "no_dropout" }));
});

test("BG/BB: no dropout, one chance to buy, one to leave, and one opportunity alone", () => {
  const fitted = (truth: Parameters<typeof betaGeoBetaBinomialWith>[0], seed: number) =>
    fitBetaGeoBetaBinomial(simulateHistories(betaGeoBetaBinomialWith(truth), years, { seed }));
  expect(fitted({ alpha: 1.2, beta: 0.8, gamma: 1e-9, delta: 1 }, 3).boundary).toEqual({ code: "no_dropout_chance" });
  expect(fitted({ alpha: 5e7, beta: 5e7, gamma: 0.7, delta: 2.8 }, 3).boundary).toEqual({
    code: "purchase_chances_alike",
  });
  expect(fitted({ alpha: 1.2, beta: 0.8, gamma: 2e7, delta: 8e7 }, 2).boundary).toEqual({
    code: "opportunity_dropout_alike",
  });
  const single = fitBetaGeoBetaBinomial({ x: [0, 1], t_x: [0, 1], T: [1, 1], counts: [60, 40] });
  expect(single).toMatchObject({ boundary: notIdentified, standardErrors: null });
});

test("sBG: one chance to lapse, and one renewal alone", () => {
  expect(fitShiftedBetaGeometric([[1000, 800, 640, 512, 409.6, 327.68]]).boundary).toEqual({
    code: "lapse_chances_alike",
  });
  const { boundary, parameters, standardErrors } = fitShiftedBetaGeometric([[100, 60]]);
  expect([boundary, standardErrors]).toEqual([notIdentified, null]);
  expect(parameters.alpha / (parameters.alpha + parameters.beta)).toBeCloseTo(0.4, 6);
});

test("Gamma-Gamma: one mean for all, one amount for each, an endless mean, and spends 17 powers of ten apart", () => {
  const spent = (truth: Parameters<typeof gammaGammaWith>[0], seed: number) =>
    fitGammaGamma({ x, m_x: simulateSpend(gammaGammaWith(truth), x, { seed }) }).boundary;
  expect(spent({ p: 5, q: 1e9, v: 5e9 }, 1)).toEqual({ code: "spend_alike" });
  const amount = { code: "amounts_alike" };
  // At p = 6056, where the likelihood is level.
  expect(spent({ p: 1e9, q: 4, v: 5e-8 }, 3)).toEqual(amount);
  expect(fitGammaGamma({ x: [1, 2], m_x: [27, 6], counts: [5, 5] }).boundary).toEqual(amount);
  expect(spent({ p: 4, q: 0.6, v: 5 }, 1)).toMatchObject({ code: "infinite_mean_spend", q: expect.closeTo(0.6, 1) });
  expect(fitGammaGamma({ x: [3, 2], m_x: [1e-18, 0.1], counts: [400, 1] }).boundary).toEqual(notIdentified);
});

test("fits well inside their range have no verdict", () => {
  expect(
    fitBetaGeo(simulateHistories(betaGeoWith({ r: 0.8, alpha: 6, a: 0.9, b: 2.5 }), ages, { seed: 2 }), weeks).boundary,
  ).toBe(null);
  const m_x = simulateSpend(gammaGammaWith({ p: 4, q: 3.5, v: 20 }), x, { seed: 2 });
  expect(fitGammaGamma({ x, m_x }).boundary).toBe(null);
  expect(fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]).boundary).toBe(null);
});
