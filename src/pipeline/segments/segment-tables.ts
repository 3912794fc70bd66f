import { rounded } from "../../numeric/index.js";
import { clusterCountReason, retrainRuleInWords, segmentInWords, sizeDriftMessage } from "../../reports/index.js";
import {
  type ProfileColumn,
  type SegmentMigration,
  type SegmentProfile,
  transitionMatrix,
} from "../../segmentation/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";
import { type CsvCell, csvText, snakeCase } from "../../text/index.js";
import type { DescribedSegments } from "./describe-segments.js";
import type { SegmentedCustomers } from "./segment-customers.js";

/** Columns of the profiles, in the order of the file. */
const PROFILED: readonly ProfileColumn[] = [
  ...(["recencyDays", "frequency", "avgBasketValue", "monetary", "daysSinceFirstPurchase"] as const),
  ...(["engagementScore", "returnRate"] as const),
];

/** The profiles as a table. */
export function summaryCsv(profiles: readonly SegmentProfile[], conventions: Conventions): string {
  const header = [
    ...["segment", "segment_name", "customers", "share", "revenue", "revenue_share"],
    ...PROFILED.map(snakeCase).flatMap((feature) => [`mean_${feature}`, `median_${feature}`]),
    ...["top_categories", "distinguished_by", "in_words"],
  ];
  const rows = profiles.map((profile): CsvCell[] => [
    profile.segment,
    profile.name,
    profile.customers,
    profile.share,
    rounded(profile.revenue),
    profile.revenueShare,
    ...PROFILED.flatMap((column) => {
      const centre = profile.centres[column];
      return centre ? [rounded(centre.mean), rounded(centre.median)] : [null, null];
    }),
    profile.topCategories.join("; "),
    profile.distinctions
      .map(({ column, standardizedDifference }) => `${snakeCase(column)} ${standardizedDifference.toFixed(2)}`)
      .join("; "),
    segmentInWords(profile, numberTexts(conventions)),
  ]);
  return csvText(header, rows);
}

/** The numbers of clusters that were tried, with all that speaks for and against them. */
export function selectionCsv(
  { choice: { candidates, knee } }: Pick<SegmentedCustomers, "choice">,
  conventions: Conventions,
): string {
  const texts = numberTexts(conventions);
  const header = [
    ...["k", "inertia", "silhouette", "davies_bouldin", "smallest_share", "stability_ari", "distinct_names"],
    ...["chosen", "why", "elbow", "silhouette_verdict", "silhouette_deviation", "stability_rows", "names"],
  ];
  return csvText(
    header,
    candidates.map((one) => [
      one.k,
      one.inertia,
      one.silhouette,
      one.daviesBouldin,
      one.smallestShare,
      one.stability,
      one.distinctNames,
      one.chosen,
      clusterCountReason(one, texts),
      one.k === knee,
      one.silhouetteVerdict,
      one.silhouetteDeviation,
      one.stabilityRows,
      one.names.join("; "),
    ]),
  );
}

/** Ways between segments, by rules and by clusters, with how long half of `from` stays and the share that did. */
export function migrationCsv(migrations: Readonly<Record<"rule_segment" | "segment_name", SegmentMigration>>): string {
  const rows = Object.entries(migrations).flatMap(([basis, { flows, halfLifeDays, stayed }]) =>
    flows.map(({ from, to, customers, revenue }) => [
      basis,
      from,
      to,
      customers,
      rounded(revenue),
      from === null ? null : halfLifeDays[from],
      from === null ? null : stayed[from],
    ]),
  );
  return csvText(["basis", "from", "to", "customers", "revenue", "half_life_days_of_from", "stayed_of_from"], rows);
}

/** Customers, then their revenue, from each segment (down) to each (across); from nowhere: those who came since. */
export function transitionMatrixCsv(migration: SegmentMigration, names: readonly string[]): string {
  const { customers, revenue, entered, enteredRevenue } = transitionMatrix(migration, names);
  const block = (measure: string, table: readonly (readonly number[])[], newcomers: readonly number[]): CsvCell[][] => [
    ...names.map((from, i) => [measure, from, ...table[i].map(rounded)]),
    [measure, null, ...newcomers.map(rounded)],
  ];
  return csvText(
    ["measure", "from", ...names],
    [...block("customers", customers, entered), ...block("revenue", revenue, enteredRevenue)],
  );
}

/** Changes of sizes by rule and of clusters, agreement with a fit of 30 days before, and the retrain verdict, as JSON. */
export function driftJson(
  {
    drift: { changes, drifted },
    clusterDrift,
    refit,
    judged,
    verdict: { retrain, rules },
  }: Pick<DescribedSegments, "drift" | "clusterDrift" | "refit" | "judged" | "verdict">,
  conventions: Conventions,
): string {
  const texts = numberTexts(conventions);
  const facts = {
    ...{ changes, drifted, message: sizeDriftMessage({ drifted }), clusterChanges: clusterDrift.changes },
    ...{ refit, judged, retrain },
    rules: rules.map((one) => ({ rule: one.rule, fired: one.fired, why: retrainRuleInWords(one, texts) })),
    reasons: rules.filter(({ fired }) => fired).map((one) => retrainRuleInWords(one, texts)),
  };
  return `${JSON.stringify(snakeCased(facts), null, 2)}\n`;
}

/** Plain data with its keys as written files have them. */
function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [snakeCase(key), snakeCased(one)]));
}
