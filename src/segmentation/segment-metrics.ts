import type { DescribedSegments } from "./describe-segments.js";

/** Returns the metrics of a segmentation by name: those of the model, drift and the retrain verdict. */
export function segmentMetrics({
  model,
  choice,
  now,
  drift,
  refit,
  verdict,
}: Pick<DescribedSegments, "model" | "choice" | "now" | "drift" | "refit" | "verdict">): Record<string, number> {
  return {
    ...model.metrics,
    k: choice.chosen,
    too_few_orders: now.cluster.reduce((count, cluster) => count + (cluster < 0 ? 1 : 0), 0),
    overdue_loyal: now.rules.overdueLoyal,
    segment_drift: drift.drifted ? 1 : 0,
    ...(refit ? { refit_agreement: refit.agreement } : {}),
    retrain: verdict.retrain ? 1 : 0,
  };
}
