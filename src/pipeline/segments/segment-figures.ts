import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Chart,
  clusterCountChart,
  cohortRetentionChart,
  meanRanks,
  migrationSankeyChart,
  renderPng,
  renderSvg,
  revenueContributionChart,
  rfm3dScatterChart,
  rfmHeatmapChart,
  type SegmentImportance,
  type SegmentRanks,
  segmentComparisonRadarChart,
  segmentDistributionChart,
  segmentImportanceChart,
  silhouetteChart,
} from "../../charts/index.js";
import type { DatasetSettings } from "../../datasets/index.js";
import { silhouetteSamples } from "../../evaluation/index.js";
import type { Cohort } from "../../features/index.js";
import { createRandom, shuffled } from "../../random.js";
import { SEGMENT_NAMES } from "../../segment-names.js";
import {
  permutationImportance,
  type SegmentationModel,
  type SegmentProfile,
  scaleFeatures,
  separation,
} from "../../segmentation/index.js";
import type { DescribedSegments } from "./describe-segments.js";

/** What pictures show beside the segments. */
export interface SegmentFigureOptions {
  readonly settings: Pick<DatasetSettings, "locale" | "currency">;
  /** Seeds the draw of the customers that are shown, where there are too many. */
  readonly seed: number;
}

/** Customers whose silhouettes are computed: every one is compared with all. */
const MOST_SILHOUETTES = 10_000;

/** Segments, and of those who ordered first in one month, how many came back. */
export type ShownSegments = DescribedSegments & { readonly cohorts: readonly Cohort[] };

/**
 * The pictures of segments by the names of their files: segment_distribution, rfm_heatmap, rfm_3d_scatter,
 * revenue_contribution, feature_importance, segment_comparison_radar, k_selection, silhouette_plot, segment_migration
 * and cohort_retention.
 */
export function segmentFigures(
  segments: ShownSegments,
  { settings: { locale, currency }, seed }: SegmentFigureOptions,
): Readonly<Record<string, Chart>> {
  const { now, before, model, choice, migration, cohorts } = segments;
  const profiles = inOrder(segments.profiles);
  const options = { locale, currency, asOf: model.as_of };
  const customers = now.segment.length;
  const { columns } = now.customers;
  const segmented = model.metrics["customers"];
  return {
    segment_distribution: segmentDistributionChart(profiles, options),
    rfm_heatmap: rfmHeatmapChart(
      profiles.map(({ name, centres: { recencyDays, orders, averageOrderValue, revenue } }) => ({
        name,
        recencyDays: recencyDays.mean,
        orders: orders.mean,
        averageOrderValue: averageOrderValue.mean,
        revenue: revenue.mean,
      })),
      { ...options, customers },
    ),
    rfm_3d_scatter: rfm3dScatterChart(
      {
        recencyDays: columns["recency_days"],
        orders: columns["frequency"],
        revenue: columns["monetary"],
        segments: now.segment,
      },
      { ...options, names: model.names, seed },
    ),
    revenue_contribution: revenueContributionChart(profiles, options),
    feature_importance: segmentImportanceChart(importancesOf(segments, seed), {
      ...options,
      customers: segmented,
    }),
    segment_comparison_radar: segmentComparisonRadarChart(ranksOf(segments), {
      ...options,
      axes: radarAxes(columns).map(([label]) => label),
      customers,
    }),
    k_selection: clusterCountChart(choice.candidates, {
      ...options,
      knee: choice.knee,
      customers: segmented,
    }),
    silhouette_plot: silhouetteChart(silhouettesOf(segments, seed), {
      ...options,
      names: model.names,
      customers: segmented,
      score: model.metrics["silhouette"],
    }),
    segment_migration: migrationSankeyChart(migration.rule_segment.ways, {
      ...options,
      names: SEGMENT_NAMES,
      before: before.customers.asOf,
    }),
    cohort_retention: cohortRetentionChart(cohorts, options),
  };
}

/** The axes of the radar, outwards for the better, as far as the dataset has them. */
function radarAxes(columns: Readonly<Record<string, Float64Array>>): readonly (readonly [string, Float64Array])[] {
  const recent = columns["recency_days"].map((days) => -days);
  const axes = [
    ["more recent", recent],
    ["more orders", columns["frequency"]],
    ["larger orders", columns["avg_basket_value"]],
    ["more revenue", columns["monetary"]],
    ["longer known", columns["days_since_first_purchase"]],
    ["more engaged", columns["engagement_score"]],
  ] as const;
  return axes.filter(([, values]) => values?.some((value) => !Number.isNaN(value)));
}

/** Those in no segment last. */
function inOrder(profiles: readonly SegmentProfile[]): readonly SegmentProfile[] {
  return [...profiles].sort((a, b) => Number(a.segment < 0) - Number(b.segment < 0) || a.segment - b.segment);
}

function importancesOf({ now, model }: DescribedSegments, seed: number): SegmentImportance[] {
  const rows = rowsInSegments(now.segment);
  const permuted = permutationImportance(model, featuresOf(model, now.customers.columns, rows), { seed });
  return separation(now.customers.columns, now.segment).map(({ feature, importance }) => ({
    feature,
    between: importance,
    permuted: permuted.find((one) => one.feature === feature)?.importance ?? null,
  }));
}

function rowsInSegments(segment: Int32Array): number[] {
  return Array.from(segment.keys()).filter((row) => segment[row] >= 0);
}

function featuresOf(
  { scaler }: Pick<SegmentationModel, "scaler">,
  columns: Readonly<Record<string, Float64Array>>,
  rows: readonly number[],
): Record<string, Float64Array> {
  return Object.fromEntries(scaler.map(({ name }) => [name, Float64Array.from(rows, (row) => columns[name][row])]));
}

function ranksOf(segments: DescribedSegments): SegmentRanks[] {
  const { now } = segments;
  const profiles = inOrder(segments.profiles);
  const numbers = profiles.map(({ segment }) => segment);
  const places = now.segment.map((segment) => numbers.indexOf(segment));
  const ranks = radarAxes(now.customers.columns).map(([, values]) => meanRanks(values, places, numbers.length));
  return profiles.map(({ name, customers }, i) => ({
    name,
    customers,
    ranks: ranks.map((axis) => (Number.isNaN(axis[i]) ? 0 : axis[i])),
  }));
}

/** Silhouettes of those in segments, or of a random part of them, which are then compared with each other. */
function silhouettesOf({ now, model }: DescribedSegments, seed: number) {
  const all = rowsInSegments(now.segment);
  const rows = all.length > MOST_SILHOUETTES ? shuffled(createRandom(seed), all).slice(0, MOST_SILHOUETTES) : all;
  const segments = Int32Array.from(rows, (row) => now.segment[row]);
  const points = scaleFeatures(model.scaler, featuresOf(model, now.customers.columns, rows));
  return { silhouettes: silhouetteSamples(points, segments), segments };
}

/** Draws the pictures into `folder`, each as PNG of 300 dots per inch and as SVG. */
export async function writeSegmentFigures(
  folder: string,
  segments: ShownSegments,
  options: SegmentFigureOptions,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, chart] of Object.entries(segmentFigures(segments, options))) {
    await writeFile(join(folder, `${name}.png`), await renderPng(chart, { dpi: 300 }));
    await writeFile(join(folder, `${name}.svg`), await renderSvg(chart));
  }
}
