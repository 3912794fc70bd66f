import { expect, test } from "vitest";
import {
  type BoostingOptions,
  fitLightGbmRegressor,
  fitRandomForestClassifier,
  fitXGBoostClassifier,
  fitXGBoostRegressor,
} from "../../../src/models/index.js";
import { labelsFor, makeProblem } from "../../golden/boosting-problems.js";

const { X, mean } = makeProblem(600, 1);
const classes = labelsFor("classes", mean, 2);
const spend = labelsFor("tweedie", mean, 3);
const options = { seed: 11, nRounds: 12, subsample: 0.6, columnSample: 0.5 } satisfies BoostingOptions;

/** A fit, and the bytes of the model it gives. */
const fits: Record<string, (seed?: number) => Promise<Uint8Array>> = {
  XGBoost: async (seed = 11) => (await fitXGBoostClassifier(X, classes, { ...options, seed })).toBytes(),
  DART: async (seed = 11) => {
    const dart = { booster: "dart", parameters: { rate_drop: 0.4, colsample_bynode: 0.6 } } as const;
    return (await fitXGBoostRegressor(X, spend, { ...options, ...dart, objective: "tweedie", seed })).toBytes();
  },
  "random forest": async (seed = 11) => (await fitRandomForestClassifier(X, classes, { seed, nTrees: 20 })).toBytes(),
  LightGBM: async (seed = 11) => {
    return (await fitLightGbmRegressor(X, spend, { ...options, objective: "tweedie", seed })).toBytes();
  },
};

test.each(Object.entries(fits))("%s gives the same bytes three times alone and twice at once", async (_, train) => {
  const alone = [await train(), await train(), await train()];
  const together = await Promise.all([train(), train()]);
  // A stranger in between would disturb a random engine that they shared.
  const [mixed] = await Promise.all([train(), train(12), fits["DART"](5), fits["XGBoost"](6)]);
  for (const bytes of [...alone, ...together, mixed]) expect(Buffer.compare(bytes, alone[0])).toBe(0);
  expect(Buffer.compare(await train(12), alone[0])).not.toBe(0);
});

test("a fit with metrics, progress and early stopping out of reach is the fit without them", async () => {
  const watched = await fitXGBoostClassifier(X, classes, {
    ...options,
    validation: { X, y: classes },
    earlyStoppingRounds: 1000,
    metrics: ["logloss"],
    onRound: () => {},
  });
  expect(watched.nRounds).toBeGreaterThan(6);
  const plain = await fitXGBoostClassifier(X, classes, { ...options, nRounds: watched.nRounds });
  expect(plain.predictProba(X)).toEqual(watched.predictProba(X));
});

test.each(["row-wise", "column-wise"])("LightGBM gives the same bytes for any number of threads, %s", async (way) => {
  const large = makeProblem(60_000, 1);
  const amounts = labelsFor("tweedie", large.mean, 3);
  const sampleWeight = Float64Array.from(amounts, (_, i) => 0.1 + (i % 7) / 3);
  const bytes: Uint8Array[] = [];
  for (const threads of [1, 2, 3]) {
    const parameters = way === "column-wise" ? { force_col_wise: true } : {};
    const settings = { ...options, nRounds: 8, sampleWeight, threads, parameters };
    using model = await fitLightGbmRegressor(large.X, amounts, settings);
    bytes.push(model.toBytes());
  }
  expect(bytes.map((each) => Buffer.compare(each, bytes[0]))).toEqual([0, 0, 0]);
});

test("floats of either size give the same model, and neither is changed", async () => {
  const narrow = Float32Array.from(X.data);
  const wide = Float64Array.from(narrow);
  const before = wide.slice();
  const model = await fitXGBoostClassifier({ ...X, data: narrow }, classes, options);
  const same = await fitXGBoostClassifier({ ...X, data: wide }, classes, options);
  expect(Buffer.compare(model.toBytes(), same.toBytes())).toBe(0);
  expect(model.predictProba({ ...X, data: narrow })).toEqual(same.predictProba({ ...X, data: wide }));
  expect(wide).toEqual(before);
});
