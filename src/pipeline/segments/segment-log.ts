import type { TrustedDataset } from "../../datasets/index.js";
import { retrainRuleInWords, sizeDriftInWords } from "../../reports/index.js";
import { silhouetteVerdict } from "../../segmentation/index.js";
import { type Conventions, numberTexts, textTable } from "../../table/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import type { DescribedSegments } from "./describe-segments.js";
import { NUMERIC_RULE_SEGMENTS, ruleRemarks, ruleSegmentTable } from "./rule-segment-table.js";
import type { Segments } from "./segments.js";
import { NUMERIC_SELECTION, selectionRemarks, selectionTable } from "./selection-table.js";

/** What a reader of the log wants to know: first of the clusters, then of the segments by rule, which share their names. */
export function segmentLines(
  segments: DescribedSegments & Pick<Segments, "strategies">,
  { locale, currency }: Pick<TrustedDataset["settings"], "locale" | "currency">,
): string[] {
  const { model, profiles, choice, judged, verdict } = segments;
  const { silhouette, davies_bouldin: daviesBouldin, inertia } = model.metrics;
  const conventions = { locale, currency };
  const { count, number, percent } = numberTexts(conventions);
  const money = new Intl.NumberFormat(locale, { style: "currency", currency });
  const rules = ruleSegmentTable(segments, { ...conventions, names: SEGMENT_NAMES });
  return [
    "",
    `CLUSTERS, found by k-means in ${model.scaler.map(({ name }) => name).join(", ")}. They serve profiles and features, no list goes by them`,
    ...textTable(selectionTable(segments, conventions), { numeric: NUMERIC_SELECTION }).split("\n"),
    ...selectionRemarks(segments, conventions),
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
      `  Avg Monetary: ${money.format(centres.avgBasketValue.mean)} per order`,
      `  Total Revenue: ${money.format(revenue)}`,
    ]),
    "",
    "SEGMENTS BY RULE: lists, strategies, budget, movement and experiments go by these. Days, orders and amounts are medians",
    ...textTable(rules, { numeric: NUMERIC_RULE_SEGMENTS }).split("\n"),
    ...ruleRemarks(segments, conventions),
    "",
    driftInWords(segments, conventions),
    ...refitInWords(segments, conventions),
    verdictInWords({ judged, verdict }, conventions),
  ];
}

/** Whether segments by rule changed in size since the earlier day. */
export function driftInWords(
  { drift, before }: Pick<DescribedSegments, "drift" | "before">,
  options: Partial<Conventions> = {},
): string {
  return `Sizes of segments by rule since ${before.customers.asOf}: ${sizeDriftInWords(drift, numberTexts(options))}`;
}

/** How far clusters fitted on the customers of the earlier day put today's where the model does; none where they were too few. */
export function refitInWords(
  { refit, before }: Pick<DescribedSegments, "refit" | "before">,
  options: Partial<Conventions> = {},
): string[] {
  const { percent } = numberTexts(options);
  if (!refit) return [];
  return [
    `${percent(refit.agreement)} of customers keep their cluster if the model fitted on ${before.customers.asOf} is used instead`,
  ];
}

/**
 * Says whether segments should be refitted, and by which rules.
 *
 * @example
 * const verdict = retrainVerdict({ daysSinceFit: 41, sizesDrifted: false, silhouette: 0.35 });
 * verdictInWords({ judged: { asOf: "2026-01-31", given: true, silhouette: 0.35 }, verdict });
 * // "The given clusters, fitted on 2026-01-31, should be refitted: The fit is 41 days old; the limit is 30."
 */
export function verdictInWords(
  { judged, verdict }: Pick<DescribedSegments, "judged" | "verdict">,
  options: Partial<Conventions> = {},
): string {
  const { retrain, rules } = verdict;
  const why = rules
    .filter(({ rule, fired }) => fired || (!retrain && (judged.given || rule !== "age")))
    .map((rule) => retrainRuleInWords(rule, numberTexts(options)))
    .join(" ");
  return judged.given
    ? `The given clusters, fitted on ${judged.asOf}, ${retrain ? "should be refitted" : "are still good"}: ${why}`
    : `Clusters fitted on ${judged.asOf} ${retrain ? "no longer fit" : "still fit"} today's customers: ${why}`;
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
