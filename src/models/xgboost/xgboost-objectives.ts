import type { RegressionObjective } from "../boosting/boosting-options.js";
import type { ObjectiveFacts } from "../boosting/objectives.js";

/** Objective of an XGBoost model. */
export type XGBoostObjective = RegressionObjective | "binary-logistic";

/** XGBoost's objectives by the names used here. */
export const xgboostObjectives: Readonly<Record<XGBoostObjective, ObjectiveFacts>> = {
  "binary-logistic": { name: "binary:logistic", labels: "classes", metric: "logloss" },
  "squared-error": { name: "reg:squarederror", labels: "numbers", metric: "rmse" },
  poisson: { name: "count:poisson", labels: "at least 0", metric: "poisson-nloglik" },
  tweedie: { name: "reg:tweedie", labels: "at least 0", metric: "tweedie-nloglik@" },
  gamma: { name: "reg:gamma", labels: "above 0", metric: "gamma-nloglik" },
  "squared-log-error": { name: "reg:squaredlogerror", labels: "above -1", metric: "rmsle" },
};

/** Returns our name of an XGBoost objective, or undefined for an unsupported one. */
export function objectiveNamed(name: string): XGBoostObjective | undefined {
  const objectives = Object.keys(xgboostObjectives) as XGBoostObjective[];
  return objectives.find((objective) => xgboostObjectives[objective].name === name);
}
