export {
  allocateBudget,
  type BudgetClaim,
  type BudgetLine,
  type BudgetOptions,
  priorityWeights,
} from "./budget/allocate-budget.js";
export { type AppliedStrategy, type StrategyFacts, strategiesWithBudget } from "./budget/apply-strategies.js";
export type { ArmSizes } from "./experiments/arm-sizes.js";
export { type CupedAdjustment, cupedAdjust } from "./experiments/cuped-adjust.js";
export { type DesignOptions, designExperiment } from "./experiments/design-experiment.js";
export { type DrawnGroups, type DrawOptions, drawGroups, type GroupColumns } from "./experiments/draw-groups.js";
export { type SampleRatio, sampleRatio } from "./experiments/experiment-balance.js";
export { EXPERIMENT_DEFAULTS } from "./experiments/experiment-defaults.js";
export type {
  Audience,
  ExperimentDesign,
  ExperimentSplitFiles,
  Period,
  PlannedExperiment,
} from "./experiments/experiment-design.js";
export type { PlannedMeasure, PlannedRise } from "./experiments/experiment-measures.js";
export type { PowerOptions } from "./experiments/experiment-options.js";
export {
  type ExperimentOverlap,
  experimentOverlaps,
  type OverlapCandidate,
  runTogether,
} from "./experiments/experiment-overlaps.js";
export { type Bounded, relativeChange } from "./experiments/experiment-ratio.js";
export { minimumDetectableRateEffect } from "./experiments/minimum-detectable-rate-effect.js";
export {
  type ExperimentPlan,
  type PlanColumns,
  type PlanOptions,
  planExperiment,
} from "./experiments/plan-experiment.js";
export { type PlanFigures, planExperimentByFigures } from "./experiments/plan-experiment-by-figures.js";
export {
  type ArmResult,
  type ExperimentColumns,
  type ExperimentReadout,
  type ReadOptions,
  readExperiment,
} from "./experiments/read-experiment.js";
export { customerNames, parseArm } from "./experiments/readout/csv-columns.js";
export {
  type MeasuredOutcomes,
  outcomesFromResults,
  outcomesFromSpend,
} from "./experiments/readout/measured-outcomes.js";
export { type ParsedResults, parseResults, type ResultsOptions } from "./experiments/readout/parse-results.js";
export { type ExperimentReading, readDesigned } from "./experiments/readout/read-designed.js";
export { type OutcomeColumns, type OutcomeReadouts, readOutcomes } from "./experiments/readout/read-outcomes.js";
export { readoutMetrics } from "./experiments/readout/readout-metrics.js";
export type { ReadoutFacts, ReadoutRemark, ReadoutWarning } from "./experiments/readout/readout-notes.js";
export { RELIABLE_ARM } from "./experiments/reliable-arm.js";
export { type ProportionEffect, sampleSizeForProportions } from "./experiments/sample-size-for-proportions.js";
export { SPEND_RISES, type SpendRise } from "./experiments/spend-model.js";
export {
  type Arm,
  type ArmOfCustomer,
  type ExperimentSplit,
  type Metric,
  type SplitOptions,
  splitExperiment,
} from "./experiments/split-experiment.js";
export { STRATA, type Stratum, strataOf } from "./experiments/strata.js";
export { winsorize } from "./experiments/winsorize.js";
export { checkSegmentName } from "./lists/check-segment-name.js";
export { type ChosenSegment, chooseSegment, EVERYONE, type SegmentBasis } from "./lists/choose-segment.js";
export { type ConsentTotals, consentTotals } from "./lists/consent-totals.js";
export { contactKey } from "./lists/contact-key.js";
export { contactableMovers } from "./lists/contactable-movers.js";
export { parseStrategies } from "./lists/parse-strategies.js";
export { renderMovers } from "./lists/render-movers.js";
export { segmentSlug } from "./lists/segment-slug.js";
export { standardStrategies } from "./lists/standard-strategies.js";
export { PRIORITIES, type Priority, type Strategies, type Strategy } from "./lists/strategy.js";
export {
  renderTargetList,
  type Target,
  type TargetColumns,
  type TargetList,
  type TargetOptions,
  targetList,
} from "./lists/target-list.js";
export { type NamingOptions, targetLists } from "./lists/target-lists.js";
