// Every sentence in which a fit says what the data cannot tell, reached with data.
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
const notIdentified = "the parameters are not identified: the likelihood is flat in some direction";

test("all buy at one rate", () => {
  const words = "no evidence that purchase rates differ between customers: r and alpha grow together";
  const same = { r: 1e8, alpha: 1e9 };
  const dropout = { a: 0.8, b: 2.5 };
  const found = [
    fitNbd(simulateHistories(nbdWith(same), ages, { seed: 1 }), weeks),
    fitBetaGeo(simulateHistories(betaGeoWith({ ...same, ...dropout }), ages, { seed: 6 }), weeks),
    fitModifiedBetaGeo(simulateHistories(modifiedBetaGeoWith({ ...same, ...dropout }), ages, { seed: 1 }), weeks),
    fitParetoNbd(simulateHistories(paretoNbdWith({ ...same, s: 0.8, beta: 10 }), ages, { seed: 2 }), weeks),
  ];
  for (const { boundary, parameters } of found) {
    expect(boundary).toBe(words);
    // What can be told is: a purchase in ten weeks.
    expect(parameters.r / parameters.alpha).toBeCloseTo(0.1, 2);
  }
});

test("all leave with one chance, at one rate", () => {
  const rates = { r: 0.8, alpha: 5 };
  const truth = { ...rates, a: 2e7, b: 8e7 };
  const words = (chance: string) =>
    `no evidence that the chance to leave differs between customers: a and b grow together, with a / (a + b) at ${chance}`;
  expect(fitBetaGeo(simulateHistories(betaGeoWith(truth), ages, { seed: 1 }), weeks).boundary).toBe(words("0.200"));
  expect(fitModifiedBetaGeo(simulateHistories(modifiedBetaGeoWith(truth), ages, { seed: 1 }), weeks).boundary).toBe(
    words("0.190"),
  );
  const pareto = paretoNbdWith({ ...rates, s: 1e7, beta: 2e8 });
  // The second lies at s = 5267, where the likelihood is level and infinity within a standard error.
  for (const [seed, rate] of [
    [1, "0.0534"],
    [3, "0.0494"],
  ] as const) {
    expect(fitParetoNbd(simulateHistories(pareto, ages, { seed }), weeks).boundary).toBe(
      `no evidence that customers differ in how soon they leave: s and beta grow together, with s / beta at ${rate}`,
    );
  }
});

test("infinity within two standard errors: dropout of another model, seen as one rate", () => {
  const many = Float64Array.from({ length: 4600 }, (_, i) => 20 + (i % 30) + i / 5000);
  const histories = simulateHistories(betaGeoWith({ r: 0.6, alpha: 6, a: 0.9, b: 2.5 }), many, { seed: 12 });
  const { boundary, parameters, standardErrors } = fitParetoNbd(histories, weeks);
  expect(parameters.s).toBeLessThan(300);
  expect(standardErrors!.s).toBeGreaterThan(5000);
  expect(boundary).toMatch(/^no evidence that customers differ in how soon they leave/);
});

test("dropout that is all or nothing", () => {
  const once = { x: [1, 0], t_x: [1, 0], T: [20, 20], counts: [5, 1] };
  expect(fitBetaGeo(once, weeks).boundary).toBe("everyone leaves at the first chance: a / (a + b) tends to 1");
  const never = "customers leave at the first chance or never: a and b tend to 0";
  const either = { x: [4, 1], t_x: [9, 18], T: [10, 40], counts: [1, 5] };
  expect(fitBetaGeo(either, weeks).boundary).toBe(never);
  const both = { x: [3, 2, 0], t_x: [9, 31, 0], T: [10, 40, 20], counts: [400, 100, 400] };
  expect(fitModifiedBetaGeo(both, weeks).boundary).toBe(never);
  expect(fitParetoNbd({ x: [4, 0], t_x: [16, 0], T: [20, 20] }, weeks).boundary).toBe(
    "customers leave at once or hardly ever: beta tends to 0",
  );
});

test("too few kinds of histories for four parameters", () => {
  const three = { x: [2, 1, 0], t_x: [40, 8, 0], T: [40, 10, 40], counts: [1, 400, 100] };
  expect(fitBetaGeo(three, weeks)).toMatchObject({ boundary: notIdentified, standardErrors: null });
});

test("no dropout says that everyone counts as alive, whichever the model", () => {
  const histories = simulateHistories(nbdWith({ r: 0.7, alpha: 9 }), ages, { seed: 9 });
  const words = [fitBetaGeo, fitModifiedBetaGeo, fitParetoNbd].map((fitModel) => fitModel(histories, weeks).boundary);
  expect(new Set(words)).toEqual(
    new Set([
      "no evidence of dropout: the likelihood is no higher than that of the NBD, whose customers never leave, so everyone counts as alive",
    ]),
  );
});

test("BG/BB: no dropout, one chance to buy, one to leave, and one opportunity alone", () => {
  const fitted = (truth: Parameters<typeof betaGeoBetaBinomialWith>[0], seed: number) =>
    fitBetaGeoBetaBinomial(simulateHistories(betaGeoBetaBinomialWith(truth), years, { seed }));
  expect(fitted({ alpha: 1.2, beta: 0.8, gamma: 1e-9, delta: 1 }, 3).boundary).toBe(
    "no evidence of dropout: the chance to leave tends to 0, so everyone counts as alive",
  );
  expect(fitted({ alpha: 5e7, beta: 5e7, gamma: 0.7, delta: 2.8 }, 3).boundary).toBe(
    "no evidence that customers differ in how often they buy: alpha and beta grow together",
  );
  expect(fitted({ alpha: 1.2, beta: 0.8, gamma: 2e7, delta: 8e7 }, 2).boundary).toBe(
    "no evidence that customers differ in how soon they leave: gamma and delta grow together",
  );
  const single = fitBetaGeoBetaBinomial({ x: [0, 1], t_x: [0, 1], T: [1, 1], counts: [60, 40] });
  expect(single).toMatchObject({ boundary: notIdentified, standardErrors: null });
});

test("sBG: one chance to lapse, and one renewal alone", () => {
  expect(fitShiftedBetaGeometric([[1000, 800, 640, 512, 409.6, 327.68]]).boundary).toBe(
    "no evidence that customers differ in how soon they lapse: alpha and beta grow together",
  );
  const { boundary, parameters, standardErrors } = fitShiftedBetaGeometric([[100, 60]]);
  expect([boundary, standardErrors]).toEqual([notIdentified, null]);
  expect(parameters.alpha / (parameters.alpha + parameters.beta)).toBeCloseTo(0.4, 6);
});

test("Gamma-Gamma: one mean for all, one amount for each, an endless mean, and spends 17 powers of ten apart", () => {
  const spent = (truth: Parameters<typeof gammaGammaWith>[0], seed: number) =>
    fitGammaGamma({ x, m_x: simulateSpend(gammaGammaWith(truth), x, { seed }) }).boundary;
  expect(spent({ p: 5, q: 1e9, v: 5e9 }, 1)).toBe(
    "no evidence that customers differ in what they spend: q and v grow together",
  );
  const amount = "no evidence that a customer's purchases differ in amount: p grows as v shrinks";
  // At p = 6056, where the likelihood is level.
  expect(spent({ p: 1e9, q: 4, v: 5e-8 }, 3)).toBe(amount);
  expect(fitGammaGamma({ x: [1, 2], m_x: [27, 6], counts: [5, 5] }).boundary).toBe(amount);
  expect(spent({ p: 4, q: 0.6, v: 5 }, 1)).toMatch(
    /^the mean of the population is infinite: q is 0\.\d+, so the mean over the purchases seen stands in for it$/,
  );
  expect(fitGammaGamma({ x: [3, 2], m_x: [1e-18, 0.1], counts: [400, 1] }).boundary).toBe(notIdentified);
});

test("fits well inside their range have no verdict", () => {
  expect(
    fitBetaGeo(simulateHistories(betaGeoWith({ r: 0.8, alpha: 6, a: 0.9, b: 2.5 }), ages, { seed: 2 }), weeks).boundary,
  ).toBe(null);
  const m_x = simulateSpend(gammaGammaWith({ p: 4, q: 3.5, v: 20 }), x, { seed: 2 });
  expect(fitGammaGamma({ x, m_x }).boundary).toBe(null);
  expect(fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]).boundary).toBe(null);
});
