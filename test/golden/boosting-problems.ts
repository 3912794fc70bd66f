import type { BoostingOptions, RegressionObjective } from "../../src/models/index.js";
import { createRandom } from "../../src/numeric/random.js";

/** A seeded problem: a table with missing cells and a column of codes, and labels that hang on it. */
export interface Problem {
  readonly X: { nRows: number; nCols: number; data: Float64Array; columnNames: string[] };
  /** The mean that the labels are drawn around. */
  readonly mean: Float64Array;
  readonly exposure: Float64Array;
}

export function makeProblem(nRows: number, seed: number): Problem {
  const random = createRandom(seed);
  const columnNames = ["recency_days", "frequency", "monetary", "basket", "segment", "noise"];
  const data = new Float64Array(nRows * columnNames.length);
  const mean = new Float64Array(nRows);
  const exposure = new Float64Array(nRows);
  for (let i = 0; i < nRows; ++i) {
    const [recency, frequency, monetary, basket] = [0, 1, 2, 3].map(() => random.uniform());
    const segment = Math.floor(random.uniform() * 6);
    exposure[i] = 0.5 + random.uniform();
    mean[i] = Math.exp(frequency - 2 * recency + monetary * basket + [0.6, -0.4, 0, 0.9, -0.8, 0.1][segment]);
    const row = [300 * recency, 20 * frequency, 500 * monetary, basket, segment, random.uniform()];
    row.forEach((cell, j) => {
      data[i * row.length + j] = j !== 4 && random.uniform() < 0.05 ? Number.NaN : cell;
    });
  }
  return { X: { nRows, nCols: columnNames.length, data, columnNames }, mean, exposure };
}

/** Labels of a kind around a mean, drawn by a seed. */
export function labelsFor(kind: RegressionObjective | "classes", mean: Float64Array, seed: number): Float64Array {
  const random = createRandom(seed);
  return mean.map((expected): number => {
    const u = random.uniform();
    const spend = -expected * Math.log(1 - u);
    switch (kind) {
      case "classes":
        return u < expected / (1 + expected) ? 1 : 0;
      case "poisson":
        return Math.floor(spend);
      case "tweedie":
        return random.uniform() < 0.5 ? 0 : spend;
      case "gamma":
        return spend + 1e-3;
      default:
        return expected + u;
    }
  });
}

/** One model, said in our words and in the library's. */
export interface Case {
  readonly objective: RegressionObjective | "classes";
  readonly options: Omit<BoostingOptions, "seed"> & Record<string, unknown>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly nRounds?: number;
  readonly weighted?: true;
  readonly withBaseMargin?: true;
  readonly stopping?: number;
  readonly categorical?: readonly string[];
  readonly forest?: true;
}

export const xgboostCases: Readonly<Record<string, Case>> = {
  "logistic with weights, samples and a monotone column": {
    objective: "classes",
    options: { subsample: 0.7, columnSample: 0.8, maxDepth: 4, monotone: { recency_days: -1 }, metrics: ["auc"] },
    parameters: {
      objective: "binary:logistic",
      subsample: 0.7,
      colsample_bytree: 0.8,
      max_depth: 4,
      monotone_constraints: "(-1,0,0,0,0,0)",
    },
    weighted: true,
  },
  "Poisson with a base margin": {
    objective: "poisson",
    options: { maxDepth: 3 },
    parameters: { objective: "count:poisson", max_depth: 3 },
    withBaseMargin: true,
  },
  "Tweedie that stops early": {
    objective: "tweedie",
    options: { maxDepth: 3, learningRate: 0.5, tweedieVariancePower: 1.3, earlyStoppingRounds: 3 },
    parameters: { objective: "reg:tweedie", tweedie_variance_power: 1.3, max_depth: 3, eta: 0.5 },
    nRounds: 60,
    stopping: 3,
  },
  "Poisson that stops early by weighted rows with a base margin": {
    objective: "poisson",
    options: { maxDepth: 4, learningRate: 0.4, earlyStoppingRounds: 3 },
    parameters: { objective: "count:poisson", max_depth: 4, eta: 0.4 },
    nRounds: 60,
    stopping: 3,
    weighted: true,
    withBaseMargin: true,
  },
  "gamma with other regularization": {
    objective: "gamma",
    options: { parameters: { lambda: 3, alpha: 0.5, min_child_weight: 4, grow_policy: "lossguide", max_leaves: 12 } },
    parameters: {
      ...{ objective: "reg:gamma", lambda: 3, alpha: 0.5, min_child_weight: 4, grow_policy: "lossguide" },
      max_leaves: 12,
    },
  },
  "squared logarithmic error": {
    objective: "squared-log-error",
    options: { maxDepth: 3 },
    parameters: { objective: "reg:squaredlogerror", max_depth: 3 },
  },
  "squared error by DART": {
    objective: "squared-error",
    options: { booster: "dart", maxDepth: 3, parameters: { rate_drop: 0.3, one_drop: true } },
    parameters: { objective: "reg:squarederror", booster: "dart", max_depth: 3, rate_drop: 0.3, one_drop: 1 },
  },
  "logistic with categories": {
    objective: "classes",
    options: { maxDepth: 4, categorical: ["segment"], parameters: { max_cat_to_onehot: 2 } },
    parameters: { objective: "binary:logistic", max_depth: 4, max_cat_to_onehot: 2 },
    categorical: ["segment"],
  },
  "a random forest": {
    objective: "classes",
    options: { nTrees: 30, maxDepth: 5, subsample: 0.6, columnSample: 0.5 },
    parameters: {
      ...{ objective: "reg:squarederror", num_parallel_tree: 30, max_depth: 5, subsample: 0.6, eta: 1, lambda: 1e-5 },
      ...{ colsample_bynode: 0.5, min_child_weight: 2 },
    },
    nRounds: 1,
    forest: true,
  },
};

export const lightgbmCases: Readonly<Record<string, Case>> = {
  "squared error with weights": {
    objective: "squared-error",
    options: { maxLeaves: 8 },
    parameters: { objective: "regression", num_leaves: 8 },
    weighted: true,
  },
  "Tweedie with samples and a monotone column": {
    objective: "tweedie",
    options: { tweedieVariancePower: 1.3, subsample: 0.7, columnSample: 0.8, monotone: { frequency: 1 } },
    parameters: {
      ...{ objective: "tweedie", tweedie_variance_power: 1.3, bagging_fraction: 0.7, bagging_freq: 1 },
      ...{ feature_fraction: 0.8, monotone_constraints: [0, 1, 0, 0, 0, 0] },
    },
  },
  "Poisson that stops early": {
    objective: "poisson",
    options: { learningRate: 0.5, earlyStoppingRounds: 3 },
    parameters: { objective: "poisson", learning_rate: 0.5 },
    nRounds: 60,
    stopping: 3,
  },
  "squared error that stops early by weighted rows": {
    objective: "squared-error",
    options: { maxLeaves: 12, learningRate: 0.6, earlyStoppingRounds: 3 },
    parameters: { objective: "regression", num_leaves: 12, learning_rate: 0.6 },
    nRounds: 60,
    stopping: 3,
    weighted: true,
  },
  "gamma with categories": {
    objective: "gamma",
    options: { categorical: ["segment"], parameters: { min_data_in_leaf: 5 } },
    parameters: { objective: "gamma", min_data_in_leaf: 5 },
    categorical: ["segment"],
  },
  "binary logistic": {
    objective: "classes",
    options: { maxDepth: 4 },
    parameters: { objective: "binary", max_depth: 4 },
  },
};
