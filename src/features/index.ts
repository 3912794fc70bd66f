export { checkedDay, dayBefore } from "../text/index.js";
export { loadConsents } from "./campaigns/consent.js";
export { type CustomerFeatures, contactableAt } from "./campaigns/contactable-at.js";
export {
  type ContactableCustomers,
  contactableCustomers,
  type SegmentFilter,
} from "./campaigns/contactable-customers.js";
export { spendBetween } from "./campaigns/spend-between.js";
export {
  categorySlug,
  type FeatureDefinition,
  type FeatureGroup,
  featureCatalogue,
  featureGroups,
  featureGroupTitles,
} from "./catalogue.js";
export { categorySpend } from "./category-spend.js";
export { type Cohort, cohortRetention } from "./cohort-retention.js";
export { type Correlations, rankCorrelations } from "./correlations.js";
export { type CustomerTotals, customerTotals } from "./customer-totals.js";
export type { FeatureColumns, FeatureTable, ObservedTable } from "./feature-table.js";
export type { History } from "./history.js";
export { boughtAgain, churned, type Label, orders, spend, spendOn } from "./labels.js";
export { type Leak, type LeakageCheckOptions, leakageCheck } from "./leakage-check.js";
export { type MonthlyRevenue, monthlyRevenue } from "./monthly-revenue.js";
export {
  type Days,
  type FeaturesRequest,
  type LabelsRequest,
  type Observations,
  type ObservationsOptions,
  openObservations,
} from "./observations.js";
export type { ObservedHistories } from "./observed-histories.js";
export type { LabelledRows, ObservedRows } from "./observed-rows.js";
export { type FeatureProfile, numericColumns, profileFeatures } from "./profile-features.js";
export { knownTables } from "./relations/known-tables.js";
export { renderCatalogue } from "./render-catalogue.js";
export { RETURNS_POLICIES, type ReturnsPolicy, requireReturnsPolicy } from "./returns-policy.js";
export { type Origins, type RollingOriginOptions, rollingOrigins } from "./rolling-origins.js";
export { type TimeSplit, type TimeSplitOptions, timeSplit } from "./time-split.js";
