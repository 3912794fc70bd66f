import { inspect, isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import * as calibration from "../../src/calibration/index.js";
import { matrixFromColumns } from "../../src/matrix/index.js";
import * as models from "../../src/models/index.js";
import { fitKmeans, fitMiniBatchKmeans } from "../../src/segmentation/index.js";
import { cardText, listedNames } from "../../src/table/index.js";

const histories = { x: [2, 1, 0, 3, 0, 1], t_x: [30.4, 1.7, 0, 20.1, 0, 9.4], T: [38.9, 38.9, 38, 37.4, 35, 30.3] };
const opportunities = { x: [0, 1, 3, 6, 2], t_x: [0, 1, 5, 6, 2], T: [6, 6, 6, 6, 6], counts: [300, 90, 70, 120, 50] };
const weeks = { unit: "weeks" } as const;
const X = matrixFromColumns({ recency_days: [3, 40, 25, 9, 30, 4], frequency: [1, 5, 3, 2, 2, 4] });
const y = [0, 1, 0, 1, 1, 0];
const scores = [0.1, 0.8, 0.6, 0.7, 0.4, 0.3];
const seeded = { seed: 7, nRounds: 2 };

/** Every fitted value that the console shows as a card. */
const PLAIN: Record<string, () => object> = {
  "BG/NBD": () => models.fitBetaGeo(histories, weeks),
  "MBG/NBD": () => models.fitModifiedBetaGeo(histories, weeks),
  "Pareto/NBD": () => models.fitParetoNbd(histories, weeks),
  NBD: () => models.fitNbd(histories, weeks),
  "BG/BB": () => models.fitBetaGeoBetaBinomial(opportunities),
  sBG: () => models.fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]),
  "Gamma-Gamma": () => models.fitGammaGamma({ x: [2, 1, 4, 0, 7, 3], m_x: [22, 12, 74, 0, 26, 30] }),
  "Logistic regression": () => models.fitLogisticRegression(X, y),
  "Isotonic calibrator": () => calibration.fitIsotonic(scores, y),
  "Sigmoid calibrator": () => calibration.fitSigmoid(scores, y),
  "Beta calibrator": () => calibration.fitBeta(scores, y),
  "Temperature calibrator": () => calibration.fitTemperature(scores, y),
  "Intercept calibrator": () => calibration.fitIntercept(scores, 0.3),
  "k-means": () => fitKmeans(X, { k: 2, seed: 7 }),
  "mini-batch k-means": () => fitMiniBatchKmeans(X, { k: 2, seed: 7 }),
};
const BOOSTED: Record<string, () => Promise<models.BoostedModel>> = {
  "XGBoost classifier": () => models.fitXGBoostClassifier(X, y, seeded),
  "XGBoost regressor": () => models.fitXGBoostRegressor(X, [1, 2, 3, 4, 5, 6], seeded),
  "random forest": () => models.fitRandomForestClassifier(X, y, { seed: 7, nTrees: 3 }),
  "LightGBM classifier": () => models.fitLightGbmClassifier(X, y, seeded),
  "LightGBM regressor": () => models.fitLightGbmRegressor(X, [1, 2, 3, 4, 5, 6], seeded),
};

describe.each(Object.entries(PLAIN))("%s", (title, make) => {
  it("is shown as a short card that names it", () => {
    const lines = inspect(make()).split("\n");
    expect(lines[0].startsWith(title)).toBe(true);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.length).toBeLessThan(14);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {2}\S.* {2}\S/);
  });

  it("stays plain data for JSON, copies and comparison", () => {
    const model = make();
    const copy = { ...model };
    expect(Object.getOwnPropertySymbols(copy)).toEqual([]);
    expect(inspect(copy)).not.toBe(inspect(model));
    expect(Object.keys(copy)).toEqual(Object.keys(model));
    expect(JSON.parse(JSON.stringify(copy))).toEqual(JSON.parse(JSON.stringify(model)));
    if (!("predictProba" in model)) expect(isDeepStrictEqual(copy, model)).toBe(true);
  });
});

it.each(Object.entries(BOOSTED))("%s: shown as a card with rows, settings and seed, closed or not", async (_, make) => {
  const model = await make();
  const card = inspect(model);
  expect(card).toMatch(/^(?:XGBoost|LightGBM) model of 2 features, fitted to 6 rows\n {2}objective {2,}\S/);
  expect(card).toMatch(/\n {2}seed {2,}7\n/);
  expect(card).toMatch(/\n {2}features {2,}recency_days, frequency(?:\n|$)/);
  model.close();
  expect(inspect(model)).toBe(card);
});

describe("cards", () => {
  it("show parameters with their errors, and coefficients by name", () => {
    const model = models.fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]);
    const { alpha } = model.parameters;
    const error = model.standardErrors?.alpha ?? Number.NaN;
    expect(inspect(model)).toContain(
      `  alpha           ${Number(alpha.toPrecision(5))} ± ${Number(error.toPrecision(5))}\n`,
    );
    const logistic = models.fitLogisticRegression(X, y);
    for (const { feature, coefficient } of logistic.terms) {
      expect(inspect(logistic)).toMatch(new RegExp(`  ${feature} +${Number(coefficient.toPrecision(5))}\n`));
    }
  });

  it("list the largest of many coefficients and count the others", () => {
    const wide = matrixFromColumns(
      Object.fromEntries(Array.from({ length: 10 }, (_, j) => [`c${j}`, y.map((_, i) => Math.sin(i * (j + 1)))])),
    );
    expect(inspect(models.fitLogisticRegression(wide, y))).toMatch(/\n {2}further features {2}2\n/);
  });

  it("are kept by models read from JSON or bytes", async () => {
    const read = (value: object) => JSON.parse(JSON.stringify(value));
    const logistic = models.fitLogisticRegression(X, y);
    expect(inspect(models.logisticRegressionFromJSON(read(logistic)))).toBe(inspect(logistic));
    const calibrator = calibration.parseCalibrator(read(calibration.fitSigmoid(scores, y)));
    expect(inspect(calibrator)).toMatch(/^Sigmoid calibrator\n {2}A +-?\d/);
    const model = await models.fitXGBoostClassifier(X, y, seeded);
    const loaded = models.loadXGBoostClassifier(model.toBytes());
    expect(inspect(loaded)).toMatch(/^XGBoost model of 2 features, loaded\n/);
    expect(inspect(loaded)).not.toContain("seed");
  });

  it("align facts, leave out undefined ones and shorten numbers", () => {
    const facts = { a: 1 / 3, longer: 123456, gone: undefined, flag: false };
    expect(cardText({ title: "t", facts })).toBe("t\n  a       0.33333\n  longer  123456\n  flag    no");
    expect(listedNames(["a", "b", "c", "d", "e", "f", "g"])).toBe("a, b, c, d, e and 2 more");
  });
});
