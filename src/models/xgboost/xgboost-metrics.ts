import { nearest } from "../../errors.js";

/** XGBoost's metrics for one number per row; those with "@" take a number after it. */
const LOWER = [
  "rmse",
  "rmsle",
  "mae",
  "mape",
  "mphe",
  "logloss",
  "error",
  "error@",
  "poisson-nloglik",
  "gamma-nloglik",
  "gamma-deviance",
  "tweedie-nloglik@",
];
const HIGHER = ["auc", "aucpr", "pre", "pre@", "map", "map@", "ndcg", "ndcg@"];

/** Throws unless XGBoost knows every metric. */
export function requireXGBoostMetrics(action: string, metrics: readonly string[]): void {
  const known = [...LOWER, ...HIGHER];
  for (const metric of metrics) {
    const [, stem, value] = /^([^@]*@?)(.*)$/.exec(metric) ?? [];
    if (known.includes(stem) && (stem.endsWith("@") ? value !== "" && Number.isFinite(Number(value)) : true)) continue;
    const near = nearest(metric, known);
    const hint = near
      ? `did you mean "${near}${near.endsWith("@") ? "<number>" : ""}"?`
      : `expected one of ${known.join(", ")}`;
    throw new RangeError(`Cannot ${action}: unknown metric "${metric}"; ${hint}`);
  }
}

/** Returns true for a metric that is better high. */
export function isHigherBetter(metric: string): boolean {
  return HIGHER.includes(metric.replace(/@.*$/, "")) || HIGHER.includes(metric.replace(/@.*$/, "@"));
}
