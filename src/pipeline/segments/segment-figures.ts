import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Chart,
  importanceChart,
  renderPng,
  renderSvg,
  revenueContributionChart,
  rfmHeatmapChart,
  segmentDistributionChart,
} from "../../charts/index.js";
import type { DatasetSettings } from "../../datasets/index.js";
import { separation } from "../../segmentation/index.js";
import type { DescribedSegments } from "./describe-segments.js";

/** The pictures of segments by the names of their files. */
export function segmentFigures(
  { profiles, now, model }: DescribedSegments,
  { locale, currency }: Pick<DatasetSettings, "locale" | "currency">,
): Readonly<Record<string, Chart>> {
  const options = { locale, currency, asOf: model.as_of };
  const separated = separation(now.customers.columns, now.segment);
  const about = { what: "the segments apart", measure: "Share of a feature's variance that lies between segments" };
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
      { ...options, customers: now.segment.length },
    ),
    revenue_contribution: revenueContributionChart(profiles, options),
    feature_importance: importanceChart(separated, { ...about, ...options, customers: now.segment.length }),
  };
}

/** Draws the pictures into `folder`, each as PNG of 300 dots per inch and as SVG. */
export async function writeSegmentFigures(
  folder: string,
  segments: DescribedSegments,
  settings: Pick<DatasetSettings, "locale" | "currency">,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, chart] of Object.entries(segmentFigures(segments, settings))) {
    await writeFile(join(folder, `${name}.png`), await renderPng(chart, { dpi: 300 }));
    await writeFile(join(folder, `${name}.svg`), await renderSvg(chart));
  }
}
