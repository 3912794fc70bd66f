import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  fitLightGbmClassifier,
  fitLightGbmRegressor,
  fitRandomForestClassifier,
  fitXGBoostClassifier,
  fitXGBoostRegressor,
  type LightGbmClassifier,
  type LightGbmRegressor,
  loadLightGbmClassifier,
  loadLightGbmRegressor,
  loadXGBoostClassifier,
  loadXGBoostRegressor,
  type XGBoostClassifier,
  type XGBoostRegressor,
} from "../../src/models/index.js";
import { askPython } from "./ask-python.js";
import { type Case, labelsFor, lightgbmCases, makeProblem, xgboostCases } from "./boosting-problems.js";
import { expectClose } from "./close.js";

interface Answer {
  readonly theirs: number[];
  readonly ubj: number[];
  readonly json: number[];
  readonly text: number[];
  readonly nRounds: number;
  readonly history: { validation?: Record<string, number[]> };
  readonly featureNames: string[];
  readonly contributions: number[];
  readonly interactions: number[];
  readonly leaves: number[];
  readonly importance: Record<string, Record<string, number>>;
}
type XGBoost = XGBoostClassifier | XGBoostRegressor;
type LightGbm = LightGbmClassifier | LightGbmRegressor;

const N_ROWS = 10_000;
const { X, mean, exposure } = makeProblem(N_ROWS, 1);
const validation = makeProblem(3000, 2);
const few = { ...X, nRows: 50, data: X.data.subarray(0, 50 * X.nCols) };
const weightsFor = (exposures: Float64Array) => exposures.map((value, i) => (i % 3 ? value : 2));
const weights = weightsFor(exposure);
const baseMargin = exposure.map(Math.log);
const judgedWeights = weightsFor(validation.exposure);
const judgedMargin = validation.exposure.map(Math.log);
const path = (name: string) => join(folder, name);

const xgboost: Record<string, XGBoost> = {};
const lightgbm: Record<string, LightGbm> = {};
let folder: string;
let answers: { xgboost: Record<string, Answer>; lightgbm: Record<string, Answer> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rekindle-golden-"));
  write("table", X.data);
  write("validation", validation.X.data);
  write("weights", weights);
  write("margins", baseMargin);
  write("validation-weights", judgedWeights);
  write("validation-margins", judgedMargin);
  const problems: Record<string, Record<string, unknown>> = { xgboost: {}, lightgbm: {} };
  let number = 0;
  for (const [name, one] of Object.entries(xgboostCases)) {
    const file = `xgboost-${++number}`;
    const model = await fitXGBoost(one);
    xgboost[name] = model;
    writeFileSync(path(`${file}.ubj`), model.toBytes());
    writeFileSync(path(`${file}.json`), model.toBytes({ format: "json" }));
    problems["xgboost"][name] = problemOf(file, one, { nthread: 2, seed: 7, seed_per_iteration: 1, eta: 0.1 });
  }
  for (const [name, one] of Object.entries(lightgbmCases)) {
    const file = `lightgbm-${++number}`;
    const model = await fitLightGbm(one);
    lightgbm[name] = model;
    writeFileSync(path(`${file}.txt`), model.toBytes());
    const common = { num_threads: 2, seed: 7, deterministic: true, force_row_wise: true, learning_rate: 0.1 };
    problems["lightgbm"][name] = problemOf(file, one, common);
  }
  answers = askPython("boosting-answers.py", problems);
});

afterAll(() => {
  for (const model of [...Object.values(xgboost), ...Object.values(lightgbm)]) model.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.entries(xgboostCases))("XGBoost, %s", (name, one) => {
  const ours = () => predictionsOf(xgboost[name]);
  const answer = () => answers.xgboost[name];

  test("Python predicts the same from our UBJSON and our JSON", () => {
    expectClose(answer().ubj, predict(xgboost[name], one), 1e-6);
    expectClose(answer().json, predict(xgboost[name], one), 1e-6);
    expect(answer().featureNames).toEqual(X.columnNames);
  });

  test("we predict the same from Python's UBJSON and JSON", () => {
    for (const ending of ["ubj", "json"]) {
      const bytes = readFileSync(path(`${fileOf(name)}-theirs.${ending}`));
      // A forest of classes minimizes squared error, and only ours says that its means are probabilities.
      const isClassifier = one.objective === "classes" && !one.forest;
      const theirs = isClassifier ? loadXGBoostClassifier(bytes) : loadXGBoostRegressor(bytes);
      expectClose(predict(theirs, one), answer().theirs, 1e-6);
      expect(theirs.featureNames).toEqual(X.columnNames);
      expect(theirs.categorical).toEqual(one.categorical ?? []);
      theirs.close();
    }
  });

  test("both train the same model", () => {
    expectClose(predict(xgboost[name], one), answer().theirs, 1e-6);
    expect(xgboost[name].nRounds).toBe(answer().nRounds);
    if (one.stopping) expectSameHistory(xgboost[name], answer());
    else expect(ours().length).toBe(N_ROWS);
  });

  test("contributions, interactions, leaves and importances are Python's", async () => {
    const { data, baseline } = await xgboost[name].contributions(few);
    expectClose(withBaseline(data, baseline), answer().contributions, 1e-6);
    const interactions = await xgboost[name].interactions(few);
    expectClose(interactions.data, withoutBias(answer().interactions), 1e-6);
    expect(Array.from(xgboost[name].leaves(few).data)).toEqual(answer().leaves);
    for (const type of ["gain", "weight", "cover"] as const) {
      const used = xgboost[name].importance(type).filter(({ importance }) => importance > 0);
      const theirs = answer().importance[type];
      expect(used.length).toBe(Object.keys(theirs).length);
      for (const { feature, importance } of used) {
        expect(Math.abs(importance / theirs[feature] - 1)).toBeLessThan(1e-6);
      }
    }
  });
});

describe.each(Object.entries(lightgbmCases))("LightGBM, %s", (name, one) => {
  const answer = () => answers.lightgbm[name];

  test("Python predicts the same from our text", () => {
    expectClose(answer().text, predictionsOf(lightgbm[name]), 1e-6);
    expect(answer().featureNames).toEqual(X.columnNames);
  });

  test("we predict the same from Python's text", () => {
    const bytes = readFileSync(path(`${fileOf(name)}-theirs.txt`));
    const theirs = one.objective === "classes" ? loadLightGbmClassifier(bytes) : loadLightGbmRegressor(bytes);
    expectClose(predictionsOf(theirs), answer().theirs, 1e-6);
    expect(theirs.featureNames).toEqual(X.columnNames);
    theirs.close();
  });

  test("both train the same model", () => {
    expectClose(predictionsOf(lightgbm[name]), answer().theirs, 1e-6);
    expect(lightgbm[name].nRounds).toBe(answer().nRounds);
    if (one.stopping) expectSameHistory(lightgbm[name], answer());
  });

  test("contributions, leaves and importances are Python's", async () => {
    const { data, baseline } = await lightgbm[name].contributions(few);
    expectClose(withBaseline(data, baseline), answer().contributions, 1e-6);
    expect(Array.from(lightgbm[name].leaves(few).data)).toEqual(answer().leaves);
    for (const type of ["weight", "total_gain"] as const) {
      for (const { feature, importance } of lightgbm[name].importance(type)) {
        expect(importance).toBeCloseTo(answer().importance[type][feature], 6);
      }
    }
    const { weight, total_gain } = answer().importance;
    for (const { feature, importance } of lightgbm[name].importance("gain")) {
      expect(importance).toBeCloseTo(weight[feature] ? total_gain[feature] / weight[feature] : 0, 6);
    }
  });
});

function fileOf(name: string): string {
  const number = [...Object.keys(xgboostCases), ...Object.keys(lightgbmCases)].indexOf(name) + 1;
  return `${name in xgboostCases ? "xgboost" : "lightgbm"}-${number}`;
}

function write(name: string, values: Float64Array): void {
  writeFileSync(path(name), values);
}

function optionsOf({ options, weighted, withBaseMargin, stopping, objective, nRounds = 20 }: Case) {
  const judged = {
    X: validation.X,
    y: labelsFor(objective, validation.mean, 4),
    ...(weighted && { sampleWeight: judgedWeights }),
    ...(withBaseMargin && { baseMargin: judgedMargin }),
  };
  return {
    seed: 7,
    nRounds,
    ...options,
    ...(weighted && { sampleWeight: weights }),
    ...(withBaseMargin && { baseMargin }),
    ...(stopping && { validation: judged }),
  };
}

async function fitXGBoost(one: Case): Promise<XGBoost> {
  const { objective } = one;
  const y = labelsFor(objective, mean, 3);
  if (one.forest) return fitRandomForestClassifier(X, y, { ...one.options, seed: 7 });
  if (objective === "classes") return fitXGBoostClassifier(X, y, optionsOf(one));
  return fitXGBoostRegressor(X, y, { ...optionsOf(one), objective });
}

async function fitLightGbm(one: Case): Promise<LightGbm> {
  const { objective } = one;
  const y = labelsFor(objective, mean, 3);
  if (objective === "classes") return fitLightGbmClassifier(X, y, optionsOf(one));
  if (objective === "squared-log-error") throw new RangeError("Cannot fit LightGBM: it lacks this objective");
  return fitLightGbmRegressor(X, y, { ...optionsOf(one), objective });
}

function problemOf(file: string, one: Case, common: Record<string, unknown>): Record<string, unknown> {
  write(`${file}-y`, labelsFor(one.objective, mean, 3));
  if (one.stopping) write(`${file}-validation-y`, labelsFor(one.objective, validation.mean, 4));
  return {
    table: path("table"),
    y: path(`${file}-y`),
    weight: one.weighted ? path("weights") : null,
    baseMargin: one.withBaseMargin ? path("margins") : null,
    validation: one.stopping
      ? {
          table: path("validation"),
          y: path(`${file}-validation-y`),
          weight: one.weighted ? path("validation-weights") : null,
          baseMargin: one.withBaseMargin ? path("validation-margins") : null,
          earlyStoppingRounds: one.stopping,
        }
      : null,
    featureNames: X.columnNames,
    categorical: one.categorical ?? [],
    parameters: { ...common, ...one.parameters },
    nRounds: one.nRounds ?? 20,
    ourModel: path(file),
    theirModel: path(`${file}-theirs`),
  };
}

function predict(model: XGBoost, { withBaseMargin }: Case): Float64Array {
  const options = { baseMargin: withBaseMargin ? baseMargin : undefined };
  return "predictProba" in model ? model.predictProba(X, options) : model.predict(X, options);
}

function predictionsOf(model: XGBoost | LightGbm): Float64Array {
  return "predictProba" in model ? model.predictProba(X) : model.predict(X);
}

function expectSameHistory(model: XGBoost | LightGbm, { history }: Answer): void {
  for (const [metric, theirs] of Object.entries(history.validation ?? {})) {
    const ours = model.history.map(({ metrics }) => metrics[`validation-${metric}`]);
    expectClose(ours, theirs, 1e-6);
  }
  expect(Object.keys(history.validation ?? {}).length).toBe(1);
  expect(model.nRounds).toBeLessThan(model.history.length);
}

/** Contributions as Python gives them: the baseline is one more column. */
function withBaseline(data: Float64Array, baseline: Float64Array): number[] {
  return Array.from(baseline).flatMap((base, i) => [...data.subarray(i * X.nCols, (i + 1) * X.nCols), base]);
}

/** Interactions as Python gives them, without the last row and column of each square. */
function withoutBias(values: readonly number[]): number[] {
  const width = X.nCols + 1;
  return values.filter((_, k) => k % width < X.nCols && Math.floor(k / width) % width < X.nCols);
}
