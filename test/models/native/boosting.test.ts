import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  type BoostingRound,
  boostingProgressBar,
  fitLightGbmClassifier,
  fitLightGbmRegressor,
  fitRandomForestClassifier,
  fitRandomForestRegressor,
  fitXGBoostClassifier,
  fitXGBoostRegressor,
} from "../../../src/models/index.js";
import { labelsFor, makeProblem } from "../../golden/boosting-problems.js";

const { X, mean } = makeProblem(1500, 1);
const judged = makeProblem(800, 2);
const classes = labelsFor("classes", mean, 3);
const spend = labelsFor("tweedie", mean, 3);
const validation = { X: judged.X, y: labelsFor("classes", judged.mean, 4) };
const spendValidation = { X: judged.X, y: labelsFor("tweedie", judged.mean, 4) };
const options = { seed: 1, nRounds: 30 };

const fitsWithProgress = {
  XGBoost: (more: object) => fitXGBoostClassifier(X, classes, { ...options, validation, ...more }),
  LightGBM: (more: object) => fitLightGbmClassifier(X, classes, { ...options, validation, ...more }),
};
const metricOf = { XGBoost: "logloss", LightGBM: "binary_logloss" };

describe.each(["XGBoost", "LightGBM"] as const)("%s", (library) => {
  const train = fitsWithProgress[library];

  test("reports each round's metrics while other tasks run in between", async () => {
    const rounds: BoostingRound[] = [];
    let nTurns = 0;
    const timer = setInterval(() => ++nTurns, 0);
    const model = await train({ onRound: (round: BoostingRound) => rounds.push(round) });
    clearInterval(timer);
    expect(nTurns).toBeGreaterThan(3);
    expect(rounds.map(({ round }) => round)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(Object.keys(rounds[0].metrics)).toEqual([`train-${metricOf[library]}`, `validation-${metricOf[library]}`]);
    expect(rounds[29].metrics[`train-${metricOf[library]}`]).toBeLessThan(
      0.9 * rounds[0].metrics[`train-${metricOf[library]}`],
    );
    expect(rounds.map(({ isLast }) => isLast)).toEqual(rounds.map(({ round }) => round === 30));
    expect(model.history).toEqual(rounds);
    expect(model.nRounds).toBe(30);
  });

  test("shows its rounds as a progress bar that ends where training does", async () => {
    const drawn: [string, boolean][] = [];
    let ms = 0;
    const effects = { draw: (line: string, isLast: boolean) => drawn.push([line, isLast]), now: () => (ms += 1000) };
    const more = { nRounds: 200, learningRate: 0.5, earlyStoppingRounds: 4 };
    const model = await train({ ...more, onRound: boostingProgressBar(effects) });
    expect(drawn.length).toBe(model.history.length);
    expect(drawn[0]).toEqual([
      expect.stringMatching(/^Rounds ░+ 1\/200, 3 min left, validation-\w*logloss 0\.\d+$/),
      false,
    ]);
    const stopped = `Rounds [█░]{24} ${drawn.length}/200, in [\\d.]+ s, validation-`;
    expect(drawn.at(-1)).toEqual([expect.stringMatching(new RegExp(`^${stopped}`)), true]);
    expect(drawn.filter(([, isLast]) => isLast)).toHaveLength(1);
  });

  test.each([
    [metricOf[library], false],
    ["auc", true],
  ])("keeps the rounds up to the best %s, and is then the shorter fit", async (metric, isHigherBetter) => {
    const model = await train({
      nRounds: 200,
      learningRate: 0.5,
      earlyStoppingRounds: 4,
      metrics: ["auc", metric].slice(metric === "auc" ? 1 : 0),
    });
    const scores = model.history.map(({ metrics }) => metrics[`validation-${metric}`]);
    const best = isHigherBetter ? Math.max(...scores) : Math.min(...scores);
    expect(model.bestScore).toBe(best);
    expect(model.nRounds).toBe(scores.indexOf(best) + 1);
    expect(model.history.length).toBe(model.nRounds + 4);
    const shorter = await train({ nRounds: model.nRounds, learningRate: 0.5 });
    expect(shorter.predictProba(X)).toEqual(model.predictProba(X));
  });

  test("an abort signal ends the fit between two rounds, with its reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let nRounds = 0;
    const onRound = () => {
      if (++nRounds === 3) controller.abort(reason);
    };
    await expect(train({ onRound, signal: controller.signal })).rejects.toBe(reason);
    expect(nRounds).toBe(3);
    await expect(train({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test("an error of the caller's passes through", async () => {
    const failure = new Error("the chart is gone");
    const onRound = () => {
      throw failure;
    };
    await expect(train({ onRound })).rejects.toBe(failure);
  });

  test("contributions sum to the margin, and the margin's logistic is the probability", async () => {
    const model = await train({});
    const { data, baseline, nCols } = await model.contributions(X);
    const margin = model.predictMargin(X);
    const probability = model.predictProba(X);
    for (let i = 0; i < X.nRows; ++i) {
      const sum = data.subarray(i * nCols, (i + 1) * nCols).reduce((a, b) => a + b, baseline[i]);
      expect(Math.abs(sum - margin[i])).toBeLessThan(1e-4);
      expect(Math.abs(1 / (1 + Math.exp(-margin[i])) - probability[i])).toBeLessThan(1e-6);
    }
  });

  test("one row is predicted as it is among others", async () => {
    const model = await train({});
    const all = model.predictProba(X);
    for (const i of [0, 7, 1499]) {
      const data = X.data.slice(i * X.nCols, (i + 1) * X.nCols);
      expect(model.predictProba({ ...X, nRows: 1, data })).toEqual(all.slice(i, i + 1));
      const narrow = model.predictProba({ ...X, nRows: 1, data: Float32Array.from(data) });
      expect(Math.abs(narrow[0] - all[i])).toBeLessThan(library === "XGBoost" ? 1e-12 : 1e-2);
    }
  });

  test("importances name every column, the most important first", async () => {
    const model = await train({});
    for (const type of ["gain", "weight"] as const) {
      const importance = model.importance(type);
      expect(importance.map(({ feature }) => feature).sort()).toEqual([...X.columnNames].sort());
      const values = importance.map((one) => one.importance);
      expect(values).toEqual([...values].sort((a, b) => b - a));
    }
    expect(model.importance("gain")[0].feature).not.toBe("noise");
  });

  test("a constant column is allowed and reported in the notices", async () => {
    const data = X.data.slice();
    for (let i = 0; i < X.nRows; ++i) {
      data[i * X.nCols + 3] = 5;
      data[i * X.nCols + 5] = Number.NaN;
    }
    const table = { ...X, data };
    const model =
      library === "XGBoost"
        ? await fitXGBoostClassifier(table, classes, options)
        : await fitLightGbmClassifier(table, classes, options);
    expect(model.notices).toEqual([
      'Column "basket" is 5 in every row: no split can use it',
      'Column "noise" is missing in every row: no split can use it',
    ]);
    expect(model.importance("weight").at(-1)?.importance).toBe(0);
  });

  test("weights change the model, equal ones do not", async () => {
    const sampleWeight = classes.map((_, i) => (i < 300 ? 3 : 1));
    const weighted = await train({ sampleWeight, nRounds: 5 });
    const plain = await train({ nRounds: 5 });
    expect(weighted.predictProba(X)).not.toEqual(plain.predictProba(X));
    const equal = await train({ sampleWeight: classes.map(() => 1), nRounds: 5 });
    expect(equal.predictProba(X)).toEqual(plain.predictProba(X));
  });
});

test.each([
  ["XGBoost", () => fitXGBoostRegressor(X, spend, { ...options, objective: "tweedie", monotone: { frequency: 1 } })],
  ["LightGBM", () => fitLightGbmRegressor(X, spend, { ...options, objective: "tweedie", monotone: { frequency: 1 } })],
])("%s keeps to a monotone constraint", async (_, train) => {
  const model = await train();
  const j = X.columnNames.indexOf("frequency");
  const predictAt = (frequency: number) => {
    const data = X.data.slice();
    for (let i = 0; i < X.nRows; ++i) data[i * X.nCols + j] = frequency;
    return model.predict({ ...X, data });
  };
  let before = predictAt(0);
  let rise = 0;
  for (const frequency of [2, 5, 9, 14, 20]) {
    const now = predictAt(frequency);
    now.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(before[i]);
      rise += value - before[i];
    });
    before = now;
  }
  expect(rise).toBeGreaterThan(1);
});

test("DART that stops early keeps the model as it was at the best round", async () => {
  const dart = { ...options, objective: "tweedie", booster: "dart", parameters: { rate_drop: 0.5 } } as const;
  const more = { learningRate: 0.6, validation: spendValidation, earlyStoppingRounds: 3, metrics: ["rmse"] };
  const model = await fitXGBoostRegressor(X, spend, { ...dart, ...more, nRounds: 100 });
  expect(model.nRounds).toBeLessThan(model.history.length);
  const predicted = model.predict(judged.X);
  const squares = predicted.reduce((sum, value, i) => sum + (value - spendValidation.y[i]) ** 2, 0);
  expect(Math.sqrt(squares / predicted.length)).toBeCloseTo(model.bestScore!, 4);
});

test("a base margin shifts the margin by as much", async () => {
  const model = await fitXGBoostRegressor(X, spend, {
    ...options,
    objective: "poisson",
    baseMargin: mean.map(Math.log),
  });
  const zero = model.predictMargin(X, { baseMargin: mean.map(() => 0) });
  const two = model.predictMargin(X, { baseMargin: mean.map(() => 2) });
  for (const [i, value] of two.entries()) expect(value - zero[i]).toBeCloseTo(2, 4);
  expect(() => model.predict(X, { baseMargin: [1] })).toThrow(
    "Cannot predict by XGBoost: lengths differ, baseMargin has 1 and X has 1500 rows",
  );
});

test("interactions sum to contributions, and are symmetric", async () => {
  const few = { ...X, nRows: 40, data: X.data.subarray(0, 40 * X.nCols) };
  const model = await fitXGBoostRegressor(X, spend, options);
  const { data, baseline } = await model.contributions(few);
  const interactions = await model.interactions(few);
  const p = X.nCols;
  const at = (i: number, a: number, b: number) => interactions.data[(i * p + a) * p + b];
  for (let i = 0; i < 40; ++i) {
    expect(interactions.baseline[i]).toBeCloseTo(baseline[i], 4);
    for (let a = 0; a < p; ++a) {
      let sum = 0;
      for (let b = 0; b < p; ++b) {
        sum += at(i, a, b);
        expect(at(i, a, b)).toBeCloseTo(at(i, b, a), 4);
      }
      expect(sum).toBeCloseTo(data[i * p + a], 4);
    }
  }
});

test("explanations stop on an abort signal", async () => {
  const model = await fitXGBoostRegressor(X, spend, options);
  const controller = new AbortController();
  const explained = model.contributions(X, { signal: controller.signal });
  controller.abort();
  await expect(explained).rejects.toThrow("aborted");
});

test("a forest of trees averages them, for a probability and for a number", async () => {
  const classifier = await fitRandomForestClassifier(X, classes, { seed: 1, nTrees: 50 });
  expect(classifier.nRounds).toBe(1);
  expect(classifier.leaves(X).nTrees).toBe(50);
  const probabilities = classifier.predictProba(X);
  expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
  const regressor = await fitRandomForestRegressor(X, spend, { seed: 1, nTrees: 50 });
  const predicted = regressor.predict(X);
  const [low, high] = [Math.min(...spend), Math.max(...spend)];
  expect(predicted.every((value) => value >= low - 1e-3 && value <= high)).toBe(true);
  const average = (values: Float64Array) => values.reduce((a, b) => a + b) / values.length;
  expect(average(predicted) / average(spend)).toBeCloseTo(1, 1);
});

test("options have the defaults that their comments state, in the model and on its card", async () => {
  const stated = { seed: 1, nRounds: 200, learningRate: 0.1, subsample: 1, columnSample: 1 };
  const xgboost = await fitXGBoostClassifier(X, classes, { seed: 1 });
  expect(xgboost.toBytes()).toEqual((await fitXGBoostClassifier(X, classes, { ...stated, maxDepth: 6 })).toBytes());
  expect(inspect(xgboost)).toMatch(/max depth +6\n/);
  const lightgbm = await fitLightGbmClassifier(X, classes, { seed: 1 });
  expect(lightgbm.toBytes()).toEqual((await fitLightGbmClassifier(X, classes, { ...stated, maxLeaves: 31 })).toBytes());
  expect(new TextDecoder().decode(lightgbm.toBytes())).toContain("\n[max_depth: -1]\n");
  expect(inspect(lightgbm)).toMatch(/max leaves +31\n/);
});

test("a forest draws, by itself, the square root of the columns per split and 63.2 % of the rows per tree", async () => {
  const defaults = await fitRandomForestClassifier(X, classes, { seed: 1, nTrees: 5 });
  const written = { seed: 1, nTrees: 5, columnSample: 2 / 6, subsample: 0.632, maxDepth: 8 };
  expect(defaults.toBytes()).toEqual((await fitRandomForestClassifier(X, classes, written)).toBytes());
});

test("names are made up where the table has none, and then the width alone is checked", async () => {
  const { columnNames: _, ...bare } = X;
  const model = await fitXGBoostClassifier(bare, classes, options);
  expect(model.featureNames).toEqual(["f0", "f1", "f2", "f3", "f4", "f5"]);
  expect(model.predictProba(bare).length).toBe(1500);
});
