import {
  type Chart,
  type Cohort,
  cleaningWaterfallChart,
  clusterComparisonRadarChart,
  clusterCountChart,
  clusterDistributionChart,
  clusterImportanceChart,
  cohortRetentionChart,
  correlationChart,
  featureDistributionChart,
  histogram,
  importanceChart,
  type MigrationFlow,
  type MonthlyRevenue,
  migrationSankeyChart,
  missingValuesChart,
  monthlyRevenueChart,
  revenueContributionChart,
  rfm3dScatterChart,
  rfmHeatmapChart,
  silhouetteChart,
  type TriedClusterCount,
} from "../../src/charts/index.js";

const shared = { locale: "en-GB", currency: "GBP", asOf: "2011-12-09" };
const options = { ...shared, customers: 4338 };

/** Set C of Online Retail by month, from the dataset's description. */
export const MONTHS: readonly MonthlyRevenue[] = [
  572713.89, 569445.04, 447137.35, 595500.76, 469200.36, 678594.56, 661213.69, 600091.01, 645343.9, 952838.38,
  1039318.79, 1161817.38, 518192.79,
].map((revenue, i) => ({
  month: i === 0 ? "2010-12" : `2011-${String(i).padStart(2, "0")}`,
  revenue,
  orders: 1000 + i,
  customers: 800 + i,
  partial: i === 12,
}));

export const COHORTS: readonly Cohort[] = [
  { cohort: "2011-09", customers: 299, retained: [1, 0.23, 0.3, null] },
  { cohort: "2011-10", customers: 358, retained: [1, 0.24, null] },
  { cohort: "2011-11", customers: 323, retained: [1, null] },
  { cohort: "2011-12", customers: 41, retained: [null] },
];

export const STEPS = [
  { rule: "Customer id is missing", rowsBefore: 541909, rowsRemoved: 135080, rowsAfter: 406829 },
  { rule: "Invoice is a cancellation", rowsBefore: 406829, rowsRemoved: 8905, rowsAfter: 397924 },
  { rule: "Unit price is not positive", rowsBefore: 397924, rowsRemoved: 40, rowsAfter: 397884 },
  { rule: "Line repeats another in full", rowsBefore: 397884, rowsRemoved: 0, rowsAfter: 397884 },
];

export const CORRELATIONS = {
  names: ["recency_days", "frequency", "monetary", "unique_products"],
  method: "Spearman rank correlation",
  values: [
    [1, -0.56, -0.48, -0.4],
    [-0.56, 1, 0.81, null],
    [-0.48, 0.81, 1, 0.05],
    [-0.4, null, 0.05, 1],
  ],
};

/** A long cohort table, as three years of data give. */
export const LONG_COHORTS: readonly Cohort[] = Array.from({ length: 36 }, (_, i) => ({
  cohort: `${2009 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`,
  customers: 100 + i,
  retained: Array.from({ length: 36 - i }, (_, month) => (month === 0 ? 1 : 0.3 / month)),
}));

/** Segments of Online Retail by the rules, rounded, and one that k-means told apart from another. */
export const CLUSTER_SIZES = [
  ["Champions · very high spend", 293, 4_082_096],
  ["Loyal Customers", 165, 698_881],
  ["At Risk", 67, 173_009],
  ["Lost/Churned", 2025, 1_500_000],
  ["Too few orders", 1788, 2_457_422],
].map(([name, customers, revenue]) => ({
  name: name as string,
  customers: customers as number,
  share: (customers as number) / 4338,
  revenue: revenue as number,
  revenueShare: (revenue as number) / 8_911_408,
}));

/** The numbers of clusters tried on Online Retail, rounded. */
export const TRIED: readonly TriedClusterCount[] = [
  [3, 3552, 0.307, 1.115, 0.823, 0.181, "5 clusters say more and are as well separated"],
  [4, 2822, 0.317, 1.035, 0.773, 0.143, "refits agree by 0.77, at least 0.8 is needed"],
  [5, 2358, 0.306, 1.015, 0.874, 0.085, "largest admissible within 0.03 of the best silhouette 0.307"],
  [6, 2111, 0.292, 1.01, 0.78, 0.015, "its smallest cluster has 1.5 %, at least 2.0 % is needed"],
].map(([k, inertia, silhouette, daviesBouldin, stability, smallestShare, why]) => ({
  k: k as number,
  inertia: inertia as number,
  silhouette: silhouette as number,
  daviesBouldin: daviesBouldin as number,
  stability: stability as number,
  smallestShare: smallestShare as number,
  chosen: k === 5,
  why: why as string,
}));

export const WAYS: readonly MigrationFlow[] = [
  { from: null, to: "New Customers", customers: 40, revenue: 9200 },
  { from: "Champions", to: "Champions", customers: 190, revenue: 3800000 },
  { from: "Champions", to: "At Risk", customers: 31, revenue: 540000 },
  { from: "At Risk", to: "At Risk", customers: 50, revenue: 120000 },
  { from: "At Risk", to: "Champions", customers: 7, revenue: 61000 },
  { from: "Lost/Churned", to: "Lost/Churned", customers: 1000, revenue: 700000 },
  { from: "Lost/Churned", to: "New Customers", customers: 3, revenue: 1900 },
];

/** Customers of three clusters, two of one colour, without randomness. */
export const POINTS = {
  recencyDays: Array.from({ length: 60 }, (_, i) => (i * 37) % 61),
  frequency: Array.from({ length: 60 }, (_, i) => 1 + Math.floor(2 ** (i / 8))),
  monetary: Array.from({ length: 60 }, (_, i) => (i === 0 ? 0 : 7 * 1.2 ** i)),
  clusters: Array.from({ length: 60 }, (_, i) => Math.floor(i / 15) - 1),
};
export const POINT_NAMES = ["Lost/Churned", "Champions · lower spend", "Champions · very high spend"];

/** Silhouettes of two clusters, of which the second has some below 0. */
export const SILHOUETTES = {
  silhouettes: Array.from({ length: 50 }, (_, i) => (i < 30 ? 0.2 + i / 100 : (i - 34) / 40)),
  clusters: Array.from({ length: 50 }, (_, i) => (i < 30 ? 0 : 1)),
};

export const RANKS = [
  { name: "Champions · very high spend", customers: 293, ranks: [0.9, 0.97, 0.7, 0.98] },
  { name: "Lost/Churned", customers: 2025, ranks: [0.2, 0.3, 0.45, 0.25] },
];

/** One chart of each kind. */
export const EXAMPLES: Readonly<Record<string, Chart>> = {
  "cleaning-waterfall": cleaningWaterfallChart(STEPS, shared),
  "monthly-revenue": monthlyRevenueChart(MONTHS, shared),
  "cohort-retention": cohortRetentionChart(COHORTS, shared),
  "cohort-retention-long": cohortRetentionChart(LONG_COHORTS, shared),
  "feature-distribution": featureDistributionChart(
    [
      { name: "recency_days", unit: "days", histogram: histogram([1, 5, 9, 20, 40, 80, 130, 200, 300, 374]) },
      { name: "monetary", unit: "GBP", histogram: histogram([0, 0, 5.5, 20, 90, 120, 300, 700, 9000, 280206]) },
      { name: "frequency", unit: "orders", histogram: histogram([1, 1, 1, 2, 2, 3, 5, 9, 60]) },
    ],
    options,
  ),
  correlation: correlationChart(CORRELATIONS, options),
  "revenue-contribution": revenueContributionChart(CLUSTER_SIZES, shared),
  "rfm-heatmap": rfmHeatmapChart(
    [
      { name: "Champions", recencyDays: 11.5, frequency: 24.5, avgBasketValue: 1014, monetary: 17_714 },
      { name: "At Risk", recencyDays: 61.2, frequency: 5.4, avgBasketValue: 571, monetary: 2630 },
      { name: "Lost/Churned", recencyDays: 138.2, frequency: 2.5, avgBasketValue: 275, monetary: 656 },
    ],
    options,
  ),
  "rfm-3d-scatter": rfm3dScatterChart(POINTS, { ...shared, names: POINT_NAMES, seed: 7, limit: 40 }),
  "cluster-comparison-radar": clusterComparisonRadarChart(RANKS, {
    ...options,
    axes: ["more recent", "more orders", "larger orders", "more revenue"],
  }),
  "cluster-importance": clusterImportanceChart(
    [
      { feature: "engagement_score", logarithmic: false, between: 0.721, permuted: null },
      { feature: "recency_days", logarithmic: true, between: 0.55, permuted: 0.49 },
      { feature: "monetary", logarithmic: true, between: 0.43, permuted: 0.32 },
      { feature: "frequency", logarithmic: true, between: 0.61, permuted: 0.28 },
    ],
    options,
  ),
  "cluster-count": clusterCountChart(TRIED, { ...options, knee: 5 }),
  silhouette: silhouetteChart(SILHOUETTES, { ...options, names: ["Champions", "At Risk"] }),
  "migration-sankey": migrationSankeyChart(WAYS, {
    ...shared,
    names: ["Champions", "New Customers", "At Risk", "Hibernating", "Lost/Churned"],
    before: "2011-11-09",
  }),
  "cluster-distribution": clusterDistributionChart(CLUSTER_SIZES, shared),
  importance: importanceChart(
    [
      { feature: "frequency", importance: 0.4127 },
      { feature: "recency_days", importance: 0.8561 },
      { feature: "avg_interpurchase_days", importance: 0.0912 },
      { feature: "is_new_mover", importance: 0 },
    ],
    { ...options, what: "churn", measure: "Mean absolute change of the log-odds (SHAP)", limit: 3 },
  ),
  "missing-values": missingValuesChart(
    [
      { name: "avg_interpurchase_days", missingShare: 0.344 },
      { name: "household_income", missingShare: 0.6 },
      { name: "monetary", missingShare: 0 },
    ],
    options,
  ),
  "missing-values-none": missingValuesChart([{ name: "monetary", missingShare: 0 }], options),
};
