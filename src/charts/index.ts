export {
  type CleaningStep,
  type CleaningWaterfallOptions,
  cleaningWaterfallChart,
} from "./cleaning-waterfall-chart.js";
export {
  type ClusterComparisonRadarOptions,
  type ClusterRanks,
  clusterComparisonRadarChart,
} from "./cluster-comparison-radar-chart.js";
export { type ClusterCountChartOptions, clusterCountChart, type TriedClusterCount } from "./cluster-count-chart.js";
export { type ClusterSize, type ClusterSizeOptions, clusterDistributionChart } from "./cluster-distribution-chart.js";
export {
  type ClusterImportance,
  type ClusterImportanceOptions,
  clusterImportanceChart,
} from "./cluster-importance-chart.js";
export { type Cohort, type CohortRetentionOptions, cohortRetentionChart } from "./cohort-retention-chart.js";
export type { Chart, Drawing, FigureChart, FigurePart, Swatches, VegaLiteSpec } from "./core/chart.js";
export { chartFigure } from "./core/chart-figure.js";
export { compileChart, type LayoutOptions } from "./core/compile-chart.js";
export { createChart, MAX_INLINE_ROWS } from "./core/create-chart.js";
export { mimeBundle } from "./core/mime-bundle.js";
export { type PngOptions, renderPng } from "./core/render-png.js";
export { renderSvg, type SvgOptions } from "./core/render-svg.js";
export {
  CATEGORY,
  COLORS,
  type ColorMode,
  type ColorToken,
  cssVariable,
  cssVariables,
  DIVERGING,
  FONT_STACK,
  NARROW,
  SEGMENT_NAMES,
  SEQUENTIAL,
  type SegmentName,
  segmentColor,
  segmentToken,
  VEGA_CONFIG,
  WIDE,
} from "./core/theme.js";
export { type CorrelationOptions, type Correlations, correlationChart } from "./correlation-chart.js";
export {
  type FeatureDistribution,
  type FeatureDistributionOptions,
  featureDistributionChart,
} from "./feature-distribution-chart.js";
export { type Histogram, histogram } from "./histogram.js";
export { type ImportanceOptions, importanceChart, type NamedImportance } from "./importance-chart.js";
export { type MigrationFlow, type MigrationSankeyOptions, migrationSankeyChart } from "./migration-sankey-chart.js";
export { type MissingValues, type MissingValuesOptions, missingValuesChart } from "./missing-values-chart.js";
export { type MonthlyRevenue, type MonthlyRevenueOptions, monthlyRevenueChart } from "./monthly-revenue-chart.js";
export { type ChartTextOptions, chart, type TopLevelSpec } from "./own/chart.js";
export { type FigureElement, type PlotFigure, plotFigure } from "./own/plot-figure.js";
export { revenueContributionChart } from "./revenue-contribution-chart.js";
export { type Rfm3dScatterOptions, type RfmPoints, rfm3dScatterChart } from "./rfm-3d-scatter-chart.js";
export { type ClusterMeans, type RfmHeatmapOptions, rfmHeatmapChart } from "./rfm-heatmap-chart.js";
export { type SilhouetteChartOptions, type SilhouetteRows, silhouetteChart } from "./silhouette-chart.js";
