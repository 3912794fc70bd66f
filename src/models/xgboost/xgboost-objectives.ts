import type { RegressionObjective } from "../boosting/boosting-options.js";
import type { ObjectiveFacts } from "../boosting/objectives.js";

/** Objective of an XGBoost model. */
export type XGBoostObjective = RegressionObjective | "binary-logistic" | "class-mean";

/** XGBoost's objectives by the names used here. */
export const xgboostObjectives: Readonly<Record<XGBoostObjective, ObjectiveFacts>> = {
  "binary-logistic": { name: "binary:logistic", labels: "classes", metric: "logloss" },
  // Squared error on 0 and 1, whose leaf is a share of positives.
  "class-mean": { name: "reg:squarederror", labels: "classes", metric: "rmse" },
  "squared-error": { name: "reg:squarederror", labels: "numbers", metric: "rmse" },
  poisson: { name: "count:poisson", labels: "at least 0", metric: "poisson-nloglik" },
  tweedie: { name: "reg:tweedie", labels: "at least 0", metric: "tweedie-nloglik@" },
  gamma: { name: "reg:gamma", labels: "above 0", metric: "gamma-nloglik" },
  "squared-log-error": { name: "reg:squaredlogerror", labels: "above -1", metric: "rmsle" },
};

/** Attribute of a saved model with our name of its objective, where XGBoost's name stands for two. */
export const OBJECTIVE_ATTRIBUTE = "rekindle_objective";

/**
 * Returns our name of an XGBoost objective, or undefined for an unsupported one.
 *
 * @param attribute The model's {@link OBJECTIVE_ATTRIBUTE}, if it has one.
 */
export function objectiveNamed(name: string, attribute: string | undefined): XGBoostObjective | undefined {
  if (name === xgboostObjectives["class-mean"].name) return attribute === "class-mean" ? "class-mean" : "squared-error";
  const objectives = Object.keys(xgboostObjectives) as XGBoostObjective[];
  return objectives.find((objective) => xgboostObjectives[objective].name === name);
}
