export { type BootstrapOptions, bootstrapIntervals } from "./fit/bootstrap-intervals.js";
export type { Boundary } from "./fit/boundary.js";
export { customerLifetimeValueIntervals } from "./fit/customer-lifetime-value-intervals.js";
export type { FitSummary } from "./fit/fit.js";
export type { Coefficients, CovariateOptions, PurchaseFitOptions } from "./fit/fit-histories.js";
export type { BootstrapIntervals, ReplicateOptions } from "./fit/intervals-over.js";
export { type LikelihoodRatioTest, likelihoodRatioTest, type NestedFit } from "./fit/likelihood-ratio-test.js";
export type { ResampledModels } from "./fit/refit-replicates.js";
export { type BetaGeoModel, fitBetaGeo } from "./models/beta-geo.js";
export { type BetaGeoBetaBinomialModel, fitBetaGeoBetaBinomial } from "./models/beta-geo-beta-binomial.js";
export {
  fitGammaGamma,
  type GammaGammaModel,
  type GammaGammaOptions,
  type SpendHistories,
} from "./models/gamma-gamma.js";
export { fitModifiedBetaGeo, type ModifiedBetaGeoModel } from "./models/modified-beta-geo.js";
export { fitNbd, type NbdModel } from "./models/nbd.js";
export { fitParetoNbd, type ParetoNbdModel } from "./models/pareto-nbd.js";
export type { PurchaseModel } from "./models/purchase-model.js";
export {
  discountedExpectedRenewals,
  fitShiftedBetaGeometric,
  retentionRate,
  type ShiftedBetaGeometricModel,
  survivalCurve,
} from "./models/shifted-beta-geometric.js";
export {
  type CustomerLifetimeValue,
  customerLifetimeValue,
  type ValueHistories,
  type ValueModels,
} from "./predict/customer-lifetime-value.js";
export { continuousDiscountRate, discountedExpectedPurchases } from "./predict/discounted-expected-purchases.js";
export {
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
  type NewCustomerOptions,
} from "./predict/expected-purchases.js";
export { expectedSpend } from "./predict/expected-spend.js";
export { type HoldoutRow, holdoutTable } from "./predict/holdout-table.js";
export { probabilityAlive } from "./predict/probability-alive.js";
export {
  probabilityNoOrder,
  purchaseDistribution,
  purchaseDistributionOfNewCustomer,
} from "./predict/purchase-distribution.js";
export { type CohortLog, type PurchaseTracking, trackPurchases } from "./predict/track-purchases.js";
export type { ValueOptions } from "./predict/value-schedule.js";
export type { PurchaseHistories } from "./purchase-histories.js";
export {
  type SimulatedHistories,
  type SimulationOptions,
  simulateHistories,
  simulateSpend,
} from "./simulate/simulate-histories.js";
export { type Horizon, horizonIn, type TimeUnit } from "./time-unit.js";
