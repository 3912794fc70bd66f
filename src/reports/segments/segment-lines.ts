import type { DescribedSegments } from "../../segmentation/index.js";
import { type Conventions, type DataTable, formatNumber, numberTexts, renderText } from "../../table/index.js";
import { clusterCountRemark } from "../wording/cluster-count-remarks.js";
import { refitInWords } from "../wording/refit.js";
import { verdictInWords } from "../wording/retrain-verdict.js";
import { ruleRemarks } from "../wording/rule-remarks.js";
import { driftInWords } from "../wording/size-drift.js";
import { type RuleSegmentFacts, ruleSegmentTable } from "./rule-segment-table.js";
import { selectionTable } from "./selection-table.js";

/** Clusters, segments by rule, and the strategies of these. */
export interface SummarizedSegments extends DescribedSegments, Pick<RuleSegmentFacts, "strategies"> {}

/** Summarizes the clusters, then the segments by rule, as lines of text. */
export function segmentLines(segments: SummarizedSegments, { locale, currency }: Conventions): string[] {
  const { model, profiles, choice, clusterRemarks, judged, verdict, before, drift, refit } = segments;
  const { silhouette, davies_bouldin: daviesBouldin, inertia } = model.metrics;
  const chosen = choice.candidates.find((one) => one.chosen);
  const conventions = { locale, currency };
  const texts = numberTexts(conventions);
  const { count, number, percent } = texts;
  const money = (amount: number) => formatNumber(amount, { kind: "money" }, conventions);
  const table = (shown: DataTable) => renderText(shown, { ...conventions, captioned: false }).split("\n");
  return [
    "",
    `CLUSTERS, found by k-means in ${model.scaler.map(({ name }) => name).join(", ")}; for analysis, not for target lists`,
    ...table(selectionTable(choice, conventions)),
    ...clusterRemarks.map((remark) => clusterCountRemark(remark, texts)),
    `Selected K = ${choice.chosen}`,
    `Silhouette Score: ${number(silhouette, 4)} (${chosen?.silhouetteVerdict})`,
    `Davies-Bouldin Index: ${number(daviesBouldin, 4)}`,
    `Inertia: ${formatNumber(inertia, { kind: "number", grouped: false }, conventions)}`,
    ...profiles.flatMap(({ group, name, customers, share, centres, revenue }) => [
      group < 0 ? `${name}:` : `Segment ${group} - ${name}:`,
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
