import type { TrustedDataset } from "../../datasets/index.js";
import { silhouetteVerdict, sizeDriftInWords } from "../../segmentation/index.js";
import type { Segments } from "./segment.js";

/** What a reader of the log wants to know. */
export function segmentLines(
  { model, profiles, choice, drift, refit, before, judged, verdict }: Segments,
  { locale, currency }: TrustedDataset["settings"],
): string[] {
  const { silhouette, davies_bouldin: daviesBouldin, inertia } = model.metrics;
  const money = new Intl.NumberFormat(locale, { style: "currency", currency });
  return [
    choice.knee === null ? "Elbow: none, the inertia falls smoothly" : `Elbow: K = ${choice.knee}`,
    `Selected K = ${choice.chosen}`,
    `Silhouette Score: ${silhouette.toFixed(4)} (${silhouetteVerdict(silhouette)})`,
    `Davies-Bouldin Index: ${daviesBouldin.toFixed(4)}`,
    `Inertia: ${inertia.toFixed(2)}`,
    ...profiles.flatMap(({ segment, name, customers, share, centres, revenue }) => [
      segment < 0 ? `${name}:` : `Segment ${segment} - ${name}:`,
      `  Size: ${customers} (${(100 * share).toFixed(1)}%)`,
      `  Avg Recency: ${centres.recencyDays.mean.toFixed(1)} days`,
      `  Avg Frequency: ${centres.orders.mean.toFixed(1)} transactions`,
      `  Avg Monetary: ${money.format(centres.averageOrderValue.mean)}`,
      `  Total Revenue: ${money.format(revenue)}`,
    ]),
    sizeDriftInWords(drift, { locale, currency }),
    ...(refit
      ? [
          `Fitted on the customers of ${before.customers.asOf}, segments agree for ${(100 * refit.agreement).toFixed(1)}%`,
        ]
      : []),
    `Segments fitted on ${judged.asOf} are ${verdict.retrain ? "due to be fitted anew" : "still good"}: ${(verdict.retrain ? verdict.reasons : verdict.rules.map(({ why }) => why)).join(" ")}`,
  ];
}

/** What the run is remembered by. */
export function segmentMetrics({
  model,
  choice,
  now,
  drift,
  refit,
  verdict,
  withoutConsent,
}: Segments): Record<string, number> {
  return {
    ...model.metrics,
    k: choice.chosen,
    too_few_orders: now.segment.reduce((count, segment) => count + (segment < 0 ? 1 : 0), 0),
    overdue_loyal: now.rules.overdueLoyal,
    segment_drift: drift.drifted ? 1 : 0,
    ...(refit ? { refit_agreement: refit.agreement } : {}),
    retrain: verdict.retrain ? 1 : 0,
    without_consent: withoutConsent,
  };
}

/** The table of candidates as curves over k. */
export async function logCandidates(
  tracked: { logMetrics(metrics: Record<string, number>, options: { step: number }): Promise<void> },
  { choice }: Segments,
): Promise<void> {
  for (const one of choice.candidates) {
    const { k, inertia, silhouette, daviesBouldin, stability } = one;
    await tracked.logMetrics(
      { k_inertia: inertia, k_silhouette: silhouette, k_davies_bouldin: daviesBouldin, k_stability_ari: stability },
      { step: k },
    );
  }
}
