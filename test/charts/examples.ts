import {
  type Chart,
  type Cohort,
  cleaningWaterfallChart,
  cohortRetentionChart,
  correlationChart,
  featureDistributionChart,
  histogram,
  importanceChart,
  type MonthlyRevenue,
  missingValuesChart,
  monthlyRevenueChart,
  revenueContributionChart,
  rfmHeatmapChart,
  segmentDistributionChart,
} from "../../src/charts/index.js";

const options = { locale: "en-GB", currency: "GBP", asOf: "2011-12-09", customers: 4338 };

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
export const SEGMENT_SIZES = [
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

/** One chart of each kind. */
export const EXAMPLES: Readonly<Record<string, Chart>> = {
  "cleaning-waterfall": cleaningWaterfallChart(STEPS, options),
  "monthly-revenue": monthlyRevenueChart(MONTHS, options),
  "cohort-retention": cohortRetentionChart(COHORTS, options),
  "cohort-retention-long": cohortRetentionChart(LONG_COHORTS, options),
  "feature-distribution": featureDistributionChart(
    [
      { name: "recency_days", unit: "days", histogram: histogram([1, 5, 9, 20, 40, 80, 130, 200, 300, 374]) },
      { name: "monetary", unit: "GBP", histogram: histogram([0, 0, 5.5, 20, 90, 120, 300, 700, 9000, 280206]) },
      { name: "frequency", unit: "orders", histogram: histogram([1, 1, 1, 2, 2, 3, 5, 9, 60]) },
    ],
    options,
  ),
  correlation: correlationChart(CORRELATIONS, options),
  "revenue-contribution": revenueContributionChart(SEGMENT_SIZES, options),
  "rfm-heatmap": rfmHeatmapChart(
    [
      { name: "Champions", recencyDays: 11.5, orders: 24.5, averageOrderValue: 1014, revenue: 17_714 },
      { name: "At Risk", recencyDays: 61.2, orders: 5.4, averageOrderValue: 571, revenue: 2630 },
      { name: "Lost/Churned", recencyDays: 138.2, orders: 2.5, averageOrderValue: 275, revenue: 656 },
    ],
    options,
  ),
  "segment-distribution": segmentDistributionChart(SEGMENT_SIZES, options),
  importance: importanceChart(
    [
      { feature: "frequency", importance: 0.4127 },
      { feature: "recency_days", importance: 0.8561 },
      { feature: "avg_interpurchase_days", importance: 0.0912 },
      { feature: "is_new_mover", importance: 0 },
    ],
    { ...options, what: "who stops buying", measure: "Mean absolute change of the log-odds (SHAP)", limit: 3 },
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
