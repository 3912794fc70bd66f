import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrustedDataset } from "../../datasets/index.js";
import { type Engine, openDuckDb } from "../../engine/index.js";
import { type Cohort, cohortRetention, type ReturnsPolicy } from "../../features/index.js";
import { SEGMENT_NAMES, type SegmentName } from "../../segment-names.js";
import { type SegmentProfile, segmentRulesOf, silhouetteVerdict, sizeDriftInWords } from "../../segmentation/index.js";
import { allocateBudget, renderTargetList, type Strategies, standardStrategies } from "../../strategy/index.js";
import { trackedInput } from "../clean.js";
import { openDataset } from "../open-dataset.js";
import type { Stage } from "../stage.js";
import { writeArtifacts } from "../write-artifacts.js";
import { type DescribedSegments, describeSegments } from "./describe-segments.js";
import { loadCustomers } from "./load-customers.js";
import { segmentCustomers } from "./segment-customers.js";
import { writeSegmentFigures } from "./segment-figures.js";
import {
  collectHistory,
  migrationCsv,
  moversCsv,
  selectionCsv,
  summaryCsv,
  targetLists,
  writeAssignments,
} from "./segment-files.js";

/** How a dataset is segmented. */
export interface SegmentStageOptions {
  /** What clusters are made of; defaults to recency_days, frequency, monetary. */
  readonly features?: readonly string[];
  /** Feature -> weight. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Orders that a customer needs to be in a cluster; defaults to 1. */
  readonly minOrders?: number;
  /** Takes this number of clusters, whatever the rule says. */
  readonly nClusters?: number;
  /** Defaults to those of the dataset's settings. */
  readonly rules?: "standard" | "strict";
  /** Defaults to "drop". */
  readonly returns?: ReturnsPolicy;
  readonly featureFolder?: string;
  /** Defaults to the standard ones. */
  readonly strategies?: Strategies;
  /** Divided among the segments by priority, in the dataset's currency; defaults to 50,000. */
  readonly budget?: number;
  /** Draws figures as PNG and SVG; defaults to true. */
  readonly figures?: boolean;
  /** Gives the key of the pseudonymous ids in the lists; absent if plain ids are asked for. */
  readonly secret?: () => Promise<string>;
}

/** What the segments say, and what became of the lists. */
export interface Segments extends DescribedSegments {
  /** Customers left out of the lists for want of consent. */
  readonly withoutConsent: number;
  /** Of those who ordered first in one month, how many came back. */
  readonly cohorts: readonly Cohort[];
}

/** What clusters are made of unless something else is asked for. */
export const defaultSegmentFeatures = ["recency_days", "frequency", "monetary"];

/** Trusted tables -> segments of the customers, their profiles, strategies, lists and movement in the last 30 days. */
export function segmentStage({
  features = defaultSegmentFeatures,
  weights = {},
  minOrders = 1,
  nClusters,
  rules,
  returns = "drop",
  featureFolder,
  strategies = standardStrategies,
  budget = 50_000,
  figures = true,
  secret,
}: SegmentStageOptions = {}): Stage<Segments> {
  return {
    name: "segment",
    run: async (context, tracked) => {
      const { say, dataset, seed } = context;
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const { provenance, trusted, asOf, remarks } = await openDataset(engine, context);
        for (const remark of remarks) say(`  ${remark}`);
        const { now, before } = await loadCustomers(engine, trusted, {
          asOf,
          features,
          returns,
          ...(featureFolder ? { featureFolder } : {}),
        });
        if (!(sum(now.columns["monetary"]) > 0)) {
          throw new RangeError(
            `Cannot segment "${dataset}": its customers spent nothing up to ${asOf}, revenue is needed`,
          );
        }
        const segmented = segmentCustomers(now, before, {
          dataset,
          features,
          weights,
          minOrders,
          rules: segmentRulesOf({ ...trusted.settings.segments, ...(rules ? { rules } : {}) }),
          seed,
          ...(nClusters === undefined ? {} : { forced: nClusters }),
          onProgress: (done, of) => say(`  ${done} of ${of} numbers of clusters tried`),
        });
        const spend = await categorySpend(engine, trusted);
        const segments = describeSegments(segmented, spend);
        const key = await secret?.();
        const lists = targetLists(segmented.now, { consents: await consentsOf(engine, trusted), key });
        const withoutConsent = lists.reduce(
          (count, { refused, unknownConsent }) => count + refused + unknownConsent,
          0,
        );
        const cohorts = await cohortRetention(engine, { asOf });
        const value: Segments = { ...segments, withoutConsent, cohorts };
        const params = {
          as_of: asOf,
          features: features.join(","),
          min_orders: minOrders,
          rules: rules ?? trusted.settings.segments?.rules ?? "standard",
          returns,
          ...(Object.keys(weights).length ? { weights: JSON.stringify(weights) } : {}),
          ...(nClusters === undefined ? {} : { n_clusters: nClusters }),
        };
        const folder = join(context.out, "segments");
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          const { nameOf } = segmented;
          const assignments = join(temporary, "segment_assignments.parquet");
          await writeAssignments(engine, assignments, segmented.now, nameOf);
          await collectHistory(folder, temporary, asOf);
          const write = (name: string, text: string) => writeFile(join(temporary, name), text);
          await write("segment_summary.csv", summaryCsv(value.profiles, trusted.settings));
          await write("rule_segment_summary.csv", summaryCsv(value.ruleProfiles, trusted.settings));
          await write("selection.csv", selectionCsv(segmented));
          await write("migration.csv", migrationCsv(value.migration));
          await write("movers.csv", moversCsv(value.movers, key));
          await write("segmentation_model.json", json(segmented.model));
          await write("segment_strategies.json", json(withBudget(value.ruleProfiles, { strategies, budget })));
          await write("drift.json", json({ ...value.drift, refit: value.refit, ...value.verdict }));
          const shown = { settings: trusted.settings, seed };
          if (figures) await writeSegmentFigures(join(temporary, "figures"), value, shown);
          await mkdir(join(temporary, "lists"));
          for (const list of lists) await write(join("lists", `${list.slug}.csv`), renderTargetList(list));
        });
        for (const line of linesOf(value, trusted.settings)) say(`  ${line}`);
        await logCandidates(tracked, value);
        return {
          stage: "segment",
          value,
          folder,
          metrics: metricsOf(value),
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

/** What each customer spent on each category; empty where products have none. */
async function categorySpend(engine: Engine, { tables }: TrustedDataset) {
  const result = new Map<string, Map<string, number>>();
  if (!tables["products"]?.includes("category") || !tables["order_lines"]?.includes("product_id")) return result;
  const columns = await engine.columns(
    `SELECT o.customer_id, p.category, sum(l.amount) AS amount FROM order_lines AS l
     JOIN orders AS o ON o.order_id = l.order_id JOIN products AS p ON p.product_id = l.product_id
     WHERE p.category IS NOT NULL GROUP BY o.customer_id, p.category ORDER BY o.customer_id, p.category`,
  );
  const [ids, categories] = [columns["customer_id"], columns["category"]] as string[][];
  ids.forEach((id, i) => {
    const own = result.get(id) ?? new Map<string, number>();
    own.set(categories[i], (columns["amount"] as Float64Array)[i]);
    result.set(id, own);
  });
  return result;
}

/** Who consented to marketing; nothing where the dataset does not know. */
async function consentsOf(engine: Engine, { tables }: TrustedDataset) {
  if (!tables["customers"]?.includes("consent_marketing")) return undefined;
  const columns = await engine.columns("SELECT customer_id, consent_marketing FROM trusted_customers");
  const [ids, given] = [columns["customer_id"] as string[], columns["consent_marketing"]];
  return new Map(
    ids.map((id, i) => [id, given[i] === null || Number.isNaN(given[i]) ? null : given[i] === true || given[i] === 1]),
  );
}

/** The strategies by segment, most urgent first, with the sizes of their segments and their shares of a budget. */
function withBudget(
  profiles: readonly SegmentProfile[],
  { strategies, budget }: { readonly strategies: Strategies; readonly budget: number },
) {
  const sizeOf = new Map(profiles.map(({ name, customers }) => [name, customers]));
  const claims = SEGMENT_NAMES.map((segment) => ({
    segment,
    priority: strategies[segment].priority,
    customers: sizeOf.get(segment) ?? 0,
  }));
  return Object.fromEntries(
    allocateBudget(budget, claims).map(({ segment, customers, amount }) => [
      segment,
      { ...strategies[segment as SegmentName], customers, budget_amount: amount },
    ]),
  );
}

/** What a reader of the log wants to know. */
function linesOf(
  { model, profiles, choice, drift, refit, before }: Segments,
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
  ];
}

function metricsOf({ model, choice, now, drift, refit, verdict, withoutConsent }: Segments): Record<string, number> {
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
async function logCandidates(
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

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; ++i) total += values[i];
  return total;
}
