import {
  type Chart,
  clusterCountChart,
  cohortRetentionChart,
  migrationSankeyChart,
  revenueContributionChart,
  rfm3dScatterChart,
  rfmHeatmapChart,
  segmentComparisonRadarChart,
  segmentDistributionChart,
  segmentImportanceChart,
  silhouetteChart,
} from "../../charts/index.js";
import type { DatasetSettings } from "../../datasets/index.js";
import type { Cohort } from "../../features/index.js";
import { clusterCountReason } from "../../reports/index.js";
import { numberTexts } from "../../table/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import type { DescribedSegments } from "./describe-segments.js";
import { importancesOf, inOrder, radarOf, silhouettesOf } from "./figure-numbers.js";

/** What pictures show beside the segments. */
export interface SegmentFigureOptions {
  readonly settings: Pick<DatasetSettings, "locale" | "currency">;
  /** Seeds the draw of the customers that are shown, where there are too many. */
  readonly seed: number;
}

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
  const texts = numberTexts({ locale, currency });
  const candidates = choice.candidates.map((one) => ({ ...one, why: clusterCountReason(one, texts) }));
  const profiles = inOrder(segments.profiles);
  const radar = radarOf(segments);
  const options = { locale, currency, asOf: model.as_of };
  const customers = now.segment.length;
  const segmented = model.metrics["customers"];
  return {
    segment_distribution: segmentDistributionChart(profiles, options),
    rfm_heatmap: rfmHeatmapChart(
      profiles.map(({ name, centres: { recencyDays, frequency, avgBasketValue, monetary } }) => ({
        name,
        recencyDays: recencyDays.mean,
        frequency: frequency.mean,
        avgBasketValue: avgBasketValue.mean,
        monetary: monetary.mean,
      })),
      { ...options, customers },
    ),
    rfm_3d_scatter: rfm3dScatterChart(
      {
        recencyDays: now.customers.recencyDays,
        frequency: now.customers.frequency,
        monetary: now.customers.monetary,
        segments: now.segment,
      },
      { ...options, names: model.names, seed },
    ),
    revenue_contribution: revenueContributionChart(profiles, options),
    feature_importance: segmentImportanceChart(importancesOf(segments, seed), {
      ...options,
      customers: segmented,
    }),
    segment_comparison_radar: segmentComparisonRadarChart(radar.segments, {
      ...options,
      axes: radar.axes,
      customers,
    }),
    k_selection: clusterCountChart(candidates, {
      ...options,
      knee: choice.knee,
      customers: segmented,
    }),
    silhouette_plot: silhouetteChart(silhouettesOf(segments, { seed }), {
      ...options,
      names: model.names,
      customers: segmented,
      score: model.metrics["silhouette"],
    }),
    segment_migration: migrationSankeyChart(migration.rule_segment.flows, {
      ...options,
      names: SEGMENT_NAMES,
      before: before.customers.asOf,
    }),
    cohort_retention: cohortRetentionChart(cohorts, options),
  };
}
