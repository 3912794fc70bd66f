import type { RegressionObjective } from "../boosting/boosting-options.js";
import type { ObjectiveFacts } from "../boosting/objectives.js";

/** Loss of a LightGBM regression. */
export type LightGbmRegressionObjective = Exclude<RegressionObjective, "squared-log-error">;

/** Objective of a LightGBM model. */
export type LightGbmObjective = LightGbmRegressionObjective | "binary-logistic";

/** LightGBM's objectives by the names used here. */
export const lightgbmObjectives: Readonly<Record<LightGbmObjective, ObjectiveFacts>> = {
  "binary-logistic": { name: "binary", labels: "classes", metric: "binary_logloss" },
  "squared-error": { name: "regression", labels: "numbers", metric: "l2" },
  poisson: { name: "poisson", labels: "at least 0", metric: "poisson" },
  tweedie: { name: "tweedie", labels: "at least 0", metric: "tweedie" },
  gamma: { name: "gamma", labels: "above 0", metric: "gamma" },
};

/** LightGBM's metrics for one number per row. */
export const lightgbmMetrics = {
  lower: [
    "l1",
    "l2",
    "rmse",
    "mape",
    "huber",
    "poisson",
    "gamma",
    "gamma_deviance",
    "tweedie",
    "binary_logloss",
    "binary_error",
    "cross_entropy",
  ],
  higher: ["auc", "average_precision"],
} as const;
