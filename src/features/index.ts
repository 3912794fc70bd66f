export { checkedDay, dayBefore } from "../text/index.js";
export { computeBtydSummary } from "./btyd-summary.js";
export {
  categorySlug,
  type FeatureDefinition,
  type FeatureGroup,
  featureCatalogue,
  featureGroups,
  featureGroupTitles,
} from "./catalogue.js";
export { type Cohort, cohortRetention } from "./cohort-retention.js";
export { computeFeatures } from "./compute-features.js";
export { type Correlations, rankCorrelations } from "./correlations.js";
export { type CustomerTotals, customerTotals } from "./customer-totals.js";
export type { ComputeFeaturesOptions, FeatureTable } from "./feature-table.js";
export { type HistoryOptions, openHistory } from "./history.js";
export { addLabels, type LabelOptions } from "./labels.js";
export { type Leak, leakageCheck } from "./leakage-check.js";
export { type MonthlyRevenue, monthlyRevenue } from "./monthly-revenue.js";
export { type FeatureProfile, numericColumns, profileFeatures } from "./profile-features.js";
export { renderCatalogue } from "./render-catalogue.js";
export { type Cuts, type RollingOriginOptions, rollingOrigins } from "./rolling-origins.js";
export { defineSeen, type ReturnsPolicy } from "./seen.js";
