import {
  clusterCountRemark,
  driftInWords,
  refitInWords,
  ruleRemarks,
  ruleSegmentTable,
  selectionTable,
  verdictInWords,
} from "../../reports/index.js";
import { clusterCountRemarks, silhouetteVerdict } from "../../segmentation/index.js";
import { type Conventions, type DataTable, formatNumber, numberTexts, renderText } from "../../table/index.js";
import type { DescribedSegments } from "./describe-segments.js";
import type { Segments } from "./segments.js";

/** Reports the clusters, then the segments by rule, which share their names, one line each. */
export function segmentLines(
  segments: DescribedSegments & Pick<Segments, "strategies">,
  { locale, currency }: Conventions,
): string[] {
  const { model, profiles, choice, judged, verdict, before, drift, refit } = segments;
  const { customers: clustered, silhouette, davies_bouldin: daviesBouldin, inertia } = model.metrics;
  const conventions = { locale, currency };
  const texts = numberTexts(conventions);
  const { count, number, percent } = texts;
  const money = (amount: number) => formatNumber(amount, { kind: "money" }, conventions);
  const table = (shown: DataTable) => renderText(shown, { ...conventions, captioned: false }).split("\n");
  return [
    "",
    `CLUSTERS, found by k-means in ${model.scaler.map(({ name }) => name).join(", ")}. They serve profiles and features, no list goes by them`,
    ...table(selectionTable(choice, conventions)),
    ...clusterCountRemarks(choice, clustered).map((remark) => clusterCountRemark(remark, texts)),
    // Indices, which scripts may read: the same in every locale.
    `Selected K = ${choice.chosen}`,
    `Silhouette Score: ${silhouette.toFixed(4)} (${silhouetteVerdict(silhouette)})`,
    `Davies-Bouldin Index: ${daviesBouldin.toFixed(4)}`,
    `Inertia: ${inertia.toFixed(2)}`,
    ...profiles.flatMap(({ segment, name, customers, share, centres, revenue }) => [
      segment < 0 ? `${name}:` : `Segment ${segment} - ${name}:`,
      `  Size: ${count(customers)} (${percent(share)})`,
      `  Avg Recency: ${number(centres.recencyDays.mean)} days`,
      `  Avg Frequency: ${number(centres.frequency.mean)} transactions`,
      `  Avg Monetary: ${money(centres.avgBasketValue.mean)} per order`,
      `  Total Revenue: ${money(revenue)}`,
    ]),
    "",
    "SEGMENTS BY RULE: lists, strategies, budget, movement and experiments go by these. Days, orders and amounts are medians",
    ...table(ruleSegmentTable(segments, conventions)),
    ...ruleRemarks(segments, texts),
    "",
    driftInWords(drift, texts, { since: before.customers.asOf }),
    ...(refit ? [refitInWords(refit, texts, { asOf: before.customers.asOf })] : []),
    verdictInWords({ judged, verdict }, texts),
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
}: Pick<Segments, "model" | "choice" | "now" | "drift" | "refit" | "verdict" | "withoutConsent">): Record<
  string,
  number
> {
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
  { choice }: Pick<DescribedSegments, "choice">,
): Promise<void> {
  for (const one of choice.candidates) {
    const metrics = {
      k_inertia: one.inertia,
      k_silhouette: one.silhouette,
      k_davies_bouldin: one.daviesBouldin,
      k_stability_ari: one.stability,
      k_smallest_share: one.smallestShare,
      k_distinct_names: new Set(one.names).size,
    };
    await tracked.logMetrics(metrics, { step: one.k });
  }
}
