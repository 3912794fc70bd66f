import { describe, expect, test } from "vitest";
import {
  fitLightGbmClassifier,
  fitLightGbmRegressor,
  fitRandomForestClassifier,
  fitXGBoostClassifier,
  fitXGBoostRegressor,
  type LightGbmOptions,
  loadLightGbmClassifier,
  loadXGBoostClassifier,
  type XGBoostOptions,
} from "../../../src/models/index.js";

const X = {
  nRows: 4,
  nCols: 2,
  data: Float64Array.of(1, 5, 2, 6, 3, 7, 4, 8),
  columnNames: ["recency_days", "frequency"],
};
const y = [0, 1, 0, 1];
const withCell = (value: number) => ({ ...X, data: X.data.map((cell, i) => (i === 5 ? value : cell)) });

type Table = Parameters<typeof fitXGBoostClassifier>[0];
type Fit = (X: Table, y: ArrayLike<number>, options: object) => Promise<unknown>;
const classifiers: [string, Fit][] = [
  ["XGBoost", (table, labels, options) => fitXGBoostClassifier(table, labels, { seed: 1, nRounds: 2, ...options })],
  ["LightGBM", (table, labels, options) => fitLightGbmClassifier(table, labels, { seed: 1, nRounds: 2, ...options })],
];

/** So that four rows can be split. */
const SMALL_LEAVES: Record<string, Record<string, number>> = {
  XGBoost: { min_child_weight: 0, max_cat_to_onehot: 1 },
  LightGBM: {
    ...{ min_data_in_leaf: 1, min_data_per_group: 1, min_sum_hessian_in_leaf: 0, cat_l2: 0, cat_smooth: 0 },
    ...{ min_data_in_bin: 1, max_cat_to_onehot: 1 },
  },
};
const classifierOf = (library: string, options: LightGbmOptions) =>
  library === "XGBoost" ? fitXGBoostClassifier(X, y, options) : fitLightGbmClassifier(X, y, options);

describe.each(classifiers)("%s refuses", (library, train) => {
  const action = `Cannot fit ${library}`;
  test.each<[string, Table, ArrayLike<number>, string]>([
    [
      "an empty table",
      { ...X, nRows: 0, data: new Float64Array() },
      [],
      "X has 0 rows and 2 columns; expected at least one",
    ],
    ["a table without columns", { nRows: 4, nCols: 0, data: new Float64Array() }, y, "X has 4 rows and 0 columns"],
    ["lengths that differ", X, [0, 1], "lengths differ, y has 2 and X has 4 rows"],
    ["a label that is NaN", X, [0, Number.NaN, 0, 1], "y[1] is NaN; expected 0 or 1"],
    ["a label that is NaN in the first row", X, [Number.NaN, 1, 0, 1], "y[0] is NaN; expected 0 or 1"],
    ["a label that is infinite", X, [0, 1, Number.POSITIVE_INFINITY, 1], "y[2] is Infinity; expected 0 or 1"],
    ["a label that is no class", X, [0, 2, 0, 1], "y[1] is 2; expected 0 or 1"],
    ["one class only", X, [1, 1, 1, 1], "y has 4 positives and 0 negatives; expected both classes"],
    [
      "an infinite cell",
      withCell(Number.NEGATIVE_INFINITY),
      y,
      'row 2 of column "frequency" is -Infinity; expected finite',
    ],
    ["a cell beyond 32 bits", withCell(1e39), y, 'row 2 of column "frequency" is 1e+39'],
    ["cells of the wrong number", { ...X, nRows: 3 }, y, "data of X has 8 cells; expected 3 × 2 = 6"],
    ["names of the wrong number", { ...X, columnNames: ["a"] }, y, "X has 1 column names for 2 columns"],
    ["a name twice", { ...X, columnNames: ["a", "a"] }, y, '"a" occurs twice; expected distinct column names'],
    ["a name that is no name", { ...X, columnNames: ["a", "b<1"] }, y, '"b<1" is not a valid column name'],
  ])("%s", async (_, table, labels, message) => {
    await expect(train(table, labels, {})).rejects.toThrow(`${action}: ${message}`);
  });

  const otherNames = { ...X, columnNames: ["recency_days", "monetary"] };
  test.each<[string, object, string]>([
    ["a missing seed", { seed: undefined }, "seed is missing; expected an integer from 0 to 2147483647"],
    ["a broken seed", { seed: 1.5 }, "seed is 1.5; expected an integer"],
    ["no rounds", { nRounds: 0 }, "nRounds is 0; expected an integer of at least 1"],
    ["a learning rate that is NaN", { learningRate: Number.NaN }, "learningRate is NaN; expected a number in (0, 1]"],
    ["a share above 1", { subsample: 1.1 }, "subsample is 1.1; expected a number in (0, 1]"],
    ["no threads", { threads: 0 }, "threads is 0"],
    [
      "a negative weight",
      { sampleWeight: [1, -1, 1, 1] },
      "sampleWeight[1] is -1; expected a finite weight of at least 0",
    ],
    [
      "weights of 0 alone",
      { sampleWeight: [0, 0, 0, 0] },
      "every sampleWeight is 0; expected at least one positive weight",
    ],
    ["weights of another length", { sampleWeight: [1] }, "lengths differ, sampleWeight has 1 and X has 4 rows"],
    ["an unknown parameter", { parameters: { max_bins: 9 } }, 'unknown parameter "max_bins"; did you mean "max_bin"'],
    [
      "a value of another kind",
      { parameters: { max_bin: "abc" } },
      'parameter "max_bin" is "abc"; expected an integer of at least 2',
    ],
    [
      "a value out of range",
      { parameters: { max_bin: 1 } },
      'parameter "max_bin" is 1; expected an integer of at least 2',
    ],
    ["a parameter that an option sets", { parameters: { seed: 3 } }, 'parameter "seed" is set by the seed option'],
    ["an inherited name", { parameters: { constructor: 1 } }, 'unknown parameter "constructor"'],
    ["an unknown metric", { metrics: ["acu"] }, 'unknown metric "acu"; did you mean "auc"'],
    [
      "a monotone column that is not there",
      { monotone: { age: 1 } },
      'monotone names "age"; expected one of "recency_days", "frequency"',
    ],
    ["a direction that is none", { monotone: { frequency: 2 } }, "monotone.frequency is 2; expected -1, 0 or 1"],
    ["a categorical column that is not there", { categorical: ["age"] }, 'categorical names "age"'],
    [
      "stopping without a validation set",
      { earlyStoppingRounds: 3 },
      "earlyStoppingRounds is 3 without a validation set; pass the validation option",
    ],
    [
      "a validation set with other columns",
      { validation: { X: otherNames, y } },
      'X lacks "frequency" and X has unknown columns "monetary"',
    ],
    [
      "validation labels of another length",
      { validation: { X, y: [1] } },
      "lengths differ, validation.y has 1 and X has 4 rows",
    ],
  ])("%s", async (_, options, message) => {
    const refused = train(X, y, options);
    await expect(refused).rejects.toThrow(RangeError);
    await expect(refused).rejects.toThrow(action);
    await expect(refused).rejects.toThrow(message);
  });

  test("a category that is not a code", async () => {
    const fit = train(withCell(2.5), y, { categorical: ["frequency"] });
    await expect(fit).rejects.toThrow(
      `${action}: row 2 of the categorical column "frequency" is 2.5; expected an integer of at least 0, or NaN`,
    );
  });

  test.each([
    ["a negative code", -1],
    ["a fractional code", 1.9],
    ["a code beyond 2^24", 2 ** 24],
  ])("to predict for %s, by a loaded model too", async (_, code) => {
    const options = { seed: 1, nRounds: 2, categorical: ["frequency"], parameters: SMALL_LEAVES[library] };
    const fitted = await classifierOf(library, options);
    const bytes = fitted.toBytes();
    const loaded = library === "XGBoost" ? loadXGBoostClassifier(bytes) : loadLightGbmClassifier(bytes);
    for (const model of [fitted, loaded]) {
      expect(model.categorical).toEqual(["frequency"]);
      const message = `Cannot predict by ${library}: row 2 of the categorical column "frequency" is ${code}; expected an integer`;
      expect(() => model.predictProba(withCell(code))).toThrow(message);
      await expect(model.contributions(withCell(code))).rejects.toThrow(message);
      expect(() => model.leaves(withCell(code))).toThrow(message);
      expect(model.predictProba(withCell(Number.NaN))).toHaveLength(4);
    }
  });

  test("no code that training has not seen, and takes them all alike", async () => {
    const options = { seed: 1, nRounds: 5, categorical: ["frequency"], parameters: SMALL_LEAVES[library] };
    const model = await classifierOf(library, options);
    const unseen = [0, 4, 9, 1000].map((code) => model.predictProba(withCell(code))[2]);
    expect(new Set(unseen).size).toBe(1);
    expect(model.predictProba(X)[1]).not.toBe(model.predictProba(X)[2]);
  });

  test("cells that are not floats", async () => {
    const data = [1, 2, 3, 4, 5, 6, 7, 8] as unknown as Float64Array;
    await expect(train({ ...X, data }, y, {})).rejects.toThrow(TypeError);
  });

  test("to predict for other columns, and lists them", async () => {
    const model = await classifierOf(library, { seed: 1, nRounds: 1 });
    const predict = (columnNames: string[]) => () => model.predictProba({ ...X, columnNames });
    const cannot = `Cannot predict by ${library}`;
    expect(predict(["frequency", "spend"])).toThrow(
      `${cannot}: X lacks "recency_days" and X has unknown columns "spend"`,
    );
    expect(predict(["frequency", "recency_days"])).toThrow(
      `${cannot}: the columns of X are in the wrong order; expected "recency_days", "frequency"`,
    );
    expect(() => model.predictProba({ nRows: 1, nCols: 1, data: Float64Array.of(1) })).toThrow(
      `${cannot}: X has 1 columns; expected 2: "recency_days", "frequency"`,
    );
    expect(() => model.predictProba(withCell(Number.POSITIVE_INFINITY))).toThrow(
      `${cannot}: row 2 of column "frequency"`,
    );
    model.close();
  });
});

test.each([
  ["poisson", [0, 1, -1, 2], "y[2] is -1; expected a finite number of at least 0"],
  ["tweedie", [0, 1, -1, 2], "y[2] is -1; expected a finite number of at least 0"],
  ["gamma", [1, 0, 1, 2], "y[1] is 0; expected a finite number greater than 0"],
  ["squared-log-error", [1, -1, 1, 2], "y[1] is -1; expected a finite number greater than -1"],
  ["squared-error", [1, Number.NaN, 1, 2], "y[1] is NaN; expected a finite number"],
] as const)("labels that %s does not allow are refused", async (objective, labels, message) => {
  await expect(fitXGBoostRegressor(X, labels, { seed: 1, objective })).rejects.toThrow(
    `Cannot fit XGBoost: ${message}`,
  );
  if (objective === "squared-log-error") return;
  await expect(fitLightGbmRegressor(X, labels, { seed: 1, objective })).rejects.toThrow(
    `Cannot fit LightGBM: ${message}`,
  );
});

test("fits reject an unknown objective and an invalid Tweedie power", async () => {
  const objective = "squared" as "poisson";
  await expect(fitXGBoostRegressor(X, y, { seed: 1, objective })).rejects.toThrow(
    'objective is "squared"; expected one of squared-error, poisson, tweedie, gamma, squared-log-error',
  );
  await expect(fitLightGbmRegressor(X, y, { seed: 1, objective })).rejects.toThrow(
    'objective is "squared"; expected one of squared-error, poisson, tweedie, gamma',
  );
  await expect(fitXGBoostRegressor(X, y, { seed: 1, objective: "tweedie", tweedieVariancePower: 2 })).rejects.toThrow(
    "tweedieVariancePower is 2; expected a number in (1, 2)",
  );
  await expect(fitLightGbmRegressor(X, y, { seed: 1, tweedieVariancePower: 1.5 })).rejects.toThrow(
    'tweedieVariancePower is only for the Tweedie objective; use objective: "tweedie"',
  );
});

test.each<[string, Partial<XGBoostOptions>, string]>([
  ["a depth of 0", { maxDepth: 0 }, "maxDepth is 0; expected an integer of at least 1"],
  ["another booster", { booster: "gblinear" as "dart" }, 'booster is "gblinear"; expected "gbtree" or "dart"'],
  ["DART's parameter without DART", { parameters: { rate_drop: 0.1 } }, 'parameter "rate_drop" is only for DART'],
  ["a choice that is none", { parameters: { tree_method: "gpu_hist" } }, "expected one of auto, hist, approx, exact"],
  ["a metric without its number", { metrics: ["tweedie-nloglik@"] }, 'unknown metric "tweedie-nloglik@"'],
  ["a base margin of another length", { baseMargin: [1] }, "lengths differ, baseMargin has 1 and X has 4 rows"],
  [
    "a validation set that lacks the base margin",
    { baseMargin: [0, 0, 0, 0], validation: { X, y } },
    "only the training rows have a baseMargin; pass it for both or neither",
  ],
  [
    "a validation set that alone has a base margin",
    { validation: { X, y, baseMargin: [0, 0, 0, 0] } },
    "only the validation rows have a baseMargin",
  ],
  [
    "a validation margin of another length",
    { baseMargin: [0, 0, 0, 0], validation: { X, y, baseMargin: [1] } },
    "lengths differ, validation.baseMargin has 1 and X has 4 rows",
  ],
  [
    "a validation weight below 0",
    { validation: { X, y, sampleWeight: [1, 1, -2, 1] } },
    "validation.sampleWeight[2] is -2; expected a finite weight of at least 0",
  ],
])("XGBoost refuses %s", async (_, options, message) => {
  await expect(fitXGBoostClassifier(X, y, { seed: 1, ...options })).rejects.toThrow(`Cannot fit XGBoost: `);
  await expect(fitXGBoostClassifier(X, y, { seed: 1, ...options })).rejects.toThrow(message);
});

test.each<[string, Partial<LightGbmOptions>, string]>([
  ["a single leaf", { maxLeaves: 1 }, "maxLeaves is 1; expected an integer of at least 2"],
  ["a metric twice", { metrics: ["auc", "auc"] }, 'metrics are "auc", "auc"; expected one or more distinct names'],
  [
    "to stop DART early",
    { parameters: { boosting: "dart" }, earlyStoppingRounds: 2, validation: { X, y } },
    "DART cannot stop early",
  ],
])("LightGBM refuses %s", async (_, options, message) => {
  await expect(fitLightGbmClassifier(X, y, { seed: 1, ...options })).rejects.toThrow(`Cannot fit LightGBM: ${message}`);
});

test("LightGBM rejects column names that it would change", async () => {
  const table = { ...X, columnNames: ["recency days", "frequency"] };
  await expect(fitLightGbmClassifier(table, y, { seed: 1 })).rejects.toThrow('"recency days"; rename them');
});

test("random forests reject nTrees of 0 and parameters that options set", async () => {
  await expect(fitRandomForestClassifier(X, y, { seed: 1, nTrees: 0 })).rejects.toThrow(
    "Cannot fit a random forest: nTrees is 0; expected an integer of at least 1",
  );
  for (const name of ["num_parallel_tree", "colsample_bynode"]) {
    await expect(fitRandomForestClassifier(X, y, { seed: 1, parameters: { [name]: 1 } })).rejects.toThrow(
      `Cannot fit a random forest: parameter "${name}" is set by`,
    );
  }
});

test("early stopping on a metric that is not a number says so", async () => {
  const validation = { X, y: [0, 0, 0, 0] };
  const options = { seed: 1, validation, metrics: ["auc"], earlyStoppingRounds: 2 };
  await expect(fitXGBoostClassifier(X, y, options)).rejects.toThrow(
    "Cannot stop early: validation-auc is NaN after round 1; expected a number",
  );
});

test.each([
  "extra_trees",
  "xgboost_dart_mode",
  "uniform_drop",
  "use_missing",
  "enable_bundle",
  "force_col_wise",
  "boost_from_average",
  "reg_sqrt",
])("LightGBM takes its flag %s, as true, false, 1 or 0", async (name) => {
  for (const value of [true, false, 1, 0]) {
    const options = { seed: 1, nRounds: 1, parameters: { [name]: value } };
    using model = await fitLightGbmRegressor(X, y, options);
    expect(new TextDecoder().decode(model.toBytes())).toContain(`[${name}: ${Number(value)}]`);
  }
});
