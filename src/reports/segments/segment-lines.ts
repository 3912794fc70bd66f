import type { DescribedSegments } from "../../segmentation/index.js";
import { type Conventions, type DataTable, formatNumber, numberTexts, renderText } from "../../table/index.js";
import { clusterCountRemark } from "../wording/cluster-count-remarks.js";
import { contactKeyRemark } from "../wording/consent.js";
import { refitInWords } from "../wording/refit.js";
import { verdictInWords } from "../wording/retrain-verdict.js";
import { ruleRemarks } from "../wording/rule-remarks.js";
import { driftInWords } from "../wording/size-drift.js";
import { type RuleLineFacts, ruleLines } from "./rule-lines.js";
import { type RuleSegmentFacts, ruleSegmentTable } from "./rule-segment-table.js";
import { selectionTable } from "./selection-table.js";

/** Clusters, segments by rule, and the strategies of these. */
export interface SummarizedSegments extends DescribedSegments, Pick<RuleSegmentFacts, "strategies"> {}

/**
 * Summarizes the result of a segmentation as lines of text: the segments by rule, which people act on, with their rules,
 * then the clusters, which are for analysis.
 */
export function segmentSummary(
  segments: SummarizedSegments & RuleLineFacts & { readonly idColumn: "contact_key" | "customer_id" },
  { locale, currency }: Conventions,
): string[] {
  const conventions = { locale, currency };
  const contactKeys = contactKeyRemark(segments.idColumn, "The lists name");
  return [
    ...ruleSegmentLines(segments, conventions),
    ...ruleLines(segments, conventions),
    ...(contactKeys === undefined ? [] : [contactKeys]),
    ...clusterLines(segments, conventions),
  ];
}

/** Summarizes the segments by rule as lines of text. */
function ruleSegmentLines(segments: SummarizedSegments, conventions: Conventions): string[] {
  const texts = numberTexts(conventions);
  return [
    "",
    "SEGMENTS, by rule: lists, strategies, budget, movement and experiments go by these. Days, orders and amounts are medians",
    ...renderText(ruleSegmentTable(segments, conventions), { ...conventions, captioned: false }).split("\n"),
    ...ruleRemarks(segments, texts),
    driftInWords(segments.drift, texts, { since: segments.before.customers.asOf }),
  ];
}

/** Summarizes the clusters as lines of text. */
function clusterLines(segments: SummarizedSegments, conventions: Conventions): string[] {
  const { model, profiles, choice, clusterRemarks, judged, verdict, before, refit } = segments;
  const { silhouette, davies_bouldin: daviesBouldin, inertia } = model.metrics;
  const chosen = choice.candidates.find((one) => one.chosen);
  const texts = numberTexts(conventions);
  const { count, number, percent } = texts;
  const money = (amount: number) => formatNumber(amount, { kind: "money" }, conventions);
  const table = (shown: DataTable) => renderText(shown, { ...conventions, captioned: false }).split("\n");
  return [
    "",
    `CLUSTERS, by k-means in ${model.scaler.map(({ name }) => name).join(", ")}: for analysis, not for target lists. Figures are means`,
    ...table(selectionTable(choice, conventions)),
    ...clusterRemarks.map((remark) => clusterCountRemark(remark, texts)),
    `Selected K = ${choice.chosen}`,
    `Silhouette Score: ${number(silhouette, 4)} (${chosen?.silhouetteVerdict})`,
    `Davies-Bouldin Index: ${number(daviesBouldin, 4)}`,
    `Inertia: ${formatNumber(inertia, { kind: "number", grouped: false }, conventions)}`,
    ...profiles.flatMap(({ group, name, customers, share, centres, revenue }) => [
      group < 0 ? `${name}:` : `Cluster ${group} - ${name}:`,
      `  Customers: ${count(customers)} (${percent(share)})`,
      `  Recency: ${number(centres.recencyDays.mean)} days since last order`,
      `  Frequency: ${number(centres.frequency.mean)} orders`,
      `  Monetary: ${money(centres.monetary.mean)} total spend`,
      `  Average order value: ${money(centres.avgBasketValue.mean)}`,
      `  Revenue: ${money(revenue)}`,
    ]),
    ...(refit ? [refitInWords(refit, texts, { asOf: before.customers.asOf })] : []),
    verdictInWords({ judged, verdict }, texts),
  ];
}
