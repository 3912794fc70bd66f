export { type BetaGeoModel, fitBetaGeo } from "./beta-geo.js";
export { type BetaGeoBetaBinomialModel, fitBetaGeoBetaBinomial } from "./beta-geo-beta-binomial.js";
export { type BootstrapOptions, bootstrapIntervals } from "./bootstrap-intervals.js";
export {
  type CustomerLifetimeValue,
  customerLifetimeValue,
  type ValueHistories,
  type ValueModels,
} from "./customer-lifetime-value.js";
export { customerLifetimeValueIntervals } from "./customer-lifetime-value-intervals.js";
export { continuousDiscountRate, discountedExpectedPurchases } from "./discounted-expected-purchases.js";
export { expectedPurchases, expectedPurchasesOfNewCustomer, type NewCustomerOptions } from "./expected-purchases.js";
export { expectedSpend } from "./expected-spend.js";
export type { FitSummary } from "./fit.js";
export type { Coefficients, CovariateOptions, PurchaseFitOptions } from "./fit-histories.js";
export { fitGammaGamma, type GammaGammaModel, type GammaGammaOptions, type SpendHistories } from "./gamma-gamma.js";
export { type HoldoutRow, holdoutTable } from "./holdout-table.js";
export type { BootstrapIntervals, ReplicateOptions } from "./intervals-over.js";
export { type LikelihoodRatioTest, likelihoodRatioTest, type NestedFit } from "./likelihood-ratio-test.js";
export { fitModifiedBetaGeo, type ModifiedBetaGeoModel } from "./modified-beta-geo.js";
export { fitNbd, type NbdModel } from "./nbd.js";
export { fitParetoNbd, type ParetoNbdModel } from "./pareto-nbd.js";
export { probabilityAlive } from "./probability-alive.js";
export {
  probabilityNoOrder,
  purchaseDistribution,
  purchaseDistributionOfNewCustomer,
} from "./purchase-distribution.js";
export type { PurchaseHistories } from "./purchase-histories.js";
export type { PurchaseModel } from "./purchase-model.js";
export type { ResampledModels } from "./refit-replicates.js";
export {
  discountedExpectedRenewals,
  fitShiftedBetaGeometric,
  retentionRate,
  type ShiftedBetaGeometricModel,
  survivalCurve,
} from "./shifted-beta-geometric.js";
export {
  type SimulatedHistories,
  type SimulationOptions,
  simulateHistories,
  simulateSpend,
} from "./simulate-histories.js";
export { type Horizon, horizonIn, type TimeUnit } from "./time-unit.js";
export { type CohortLog, type PurchaseTracking, trackPurchases } from "./track-purchases.js";
export type { ValueOptions } from "./value-schedule.js";
