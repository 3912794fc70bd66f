import {
  type Chart,
  clusterComparisonRadarChart,
  clusterCountChart,
  clusterDistributionChart,
  clusterImportanceChart,
  cohortRetentionChart,
  migrationSankeyChart,
  revenueContributionChart,
  rfm3dScatterChart,
  rfmHeatmapChart,
  silhouetteChart,
} from "../../charts/index.js";
import { requireKnownOptions } from "../../errors.js";
import type { Cohort } from "../../features/index.js";
import type {
  ClusterCountChoice,
  ClusteredCustomers,
  ClusterFigures,
  SegmentMigration,
} from "../../segmentation/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import { clusterCountReason } from "../wording/cluster-counts.js";

/** Segments as charts show them. */
export interface ShownSegments extends Pick<ClusteredCustomers, "model" | "now"> {
  readonly choice: ClusterCountChoice;
  /** The earlier day. */
  readonly before: { readonly customers: { readonly asOf: string } };
  readonly migration: { readonly rule_segment: Pick<SegmentMigration, "flows"> };
  /** Customers by month of first order, and how many came back. */
  readonly cohorts: readonly Cohort[];
}

/** Options of {@link segmentFigures}. */
export interface SegmentFigureOptions extends Conventions {
  /** Numbers of the clusters, from `clusterFigures`. */
  readonly figures: ClusterFigures;
  /** Seeds the sample of customers in the scatter chart. */
  readonly seed: number;
}

/**
 * Draws the charts of segments, by the names of their files: segment_distribution, rfm_heatmap, rfm_3d_scatter,
 * revenue_contribution, feature_importance, segment_comparison_radar, k_selection, silhouette_plot, segment_migration
 * and cohort_retention.
 */
export function segmentFigures(
  { now, before, model, choice, migration, cohorts }: ShownSegments,
  options: SegmentFigureOptions,
): Readonly<Record<string, Chart>> {
  requireKnownOptions("draw the charts of segments", options, {
    figures: true,
    locale: true,
    currency: true,
    seed: true,
  });
  const {
    figures: { profiles, axes, ranks, importances, silhouettes },
    locale,
    currency,
    seed,
  } = options;
  const texts = numberTexts({ locale, currency });
  const candidates = choice.candidates.map((one) => ({ ...one, why: clusterCountReason(one, texts) }));
  const view = { locale, currency, asOf: model.asOf };
  const customers = now.cluster.length;
  const clustered = model.metrics["customers"];
  return {
    segment_distribution: clusterDistributionChart(profiles, view),
    rfm_heatmap: rfmHeatmapChart(
      profiles.map(({ name, centres: { recencyDays, frequency, avgBasketValue, monetary } }) => ({
        name,
        recencyDays: recencyDays.mean,
        frequency: frequency.mean,
        avgBasketValue: avgBasketValue.mean,
        monetary: monetary.mean,
      })),
      { ...view, customers },
    ),
    rfm_3d_scatter: rfm3dScatterChart(
      {
        recencyDays: now.customers.recencyDays,
        frequency: now.customers.frequency,
        monetary: now.customers.monetary,
        clusters: now.cluster,
      },
      { ...view, names: model.names, seed },
    ),
    revenue_contribution: revenueContributionChart(profiles, view),
    feature_importance: clusterImportanceChart(importances, { ...view, customers: clustered }),
    segment_comparison_radar: clusterComparisonRadarChart(ranks, { ...view, axes, customers }),
    k_selection: clusterCountChart(candidates, { ...view, knee: choice.knee, customers: clustered }),
    silhouette_plot: silhouetteChart(silhouettes, {
      ...view,
      names: model.names,
      customers: clustered,
      score: model.metrics["silhouette"],
    }),
    segment_migration: migrationSankeyChart(migration.rule_segment.flows, {
      ...view,
      names: SEGMENT_NAMES,
      before: before.customers.asOf,
    }),
    cohort_retention: cohortRetentionChart(cohorts, view),
  };
}
