export {
  allocateBudget,
  type BudgetClaim,
  type BudgetLine,
  type BudgetOptions,
  priorityWeights,
} from "./allocate-budget.js";
export type { ArmSizes } from "./arm-sizes.js";
export { contactKey } from "./contact-key.js";
export { type CupedAdjustment, cupedAdjust } from "./cuped-adjust.js";
export { type SampleRatio, sampleRatio } from "./experiment-balance.js";
export { asideInWords, planInWords, readoutInWords, sizesInWords } from "./experiment-in-words.js";
export type { PlannedMeasure } from "./experiment-measures.js";
export type { PowerOptions } from "./experiment-options.js";
export { type Bounded, relativeChange } from "./experiment-ratio.js";
export { minimumDetectableMeanEffect, minimumDetectableRateEffect } from "./minimum-detectable-effect.js";
export { parseStrategies } from "./parse-strategies.js";
export {
  type ExperimentPlan,
  type PlanColumns,
  type PlanOptions,
  planExperiment,
} from "./plan-experiment.js";
export { type PlanFigures, planExperimentByFigures } from "./plan-experiment-by-figures.js";
export {
  type ArmResult,
  type ExperimentColumns,
  type ExperimentReadout,
  type ReadOptions,
  readExperiment,
} from "./read-experiment.js";
export { type MeanEffect, sampleSizeForMeans } from "./sample-size-for-means.js";
export { type ProportionEffect, sampleSizeForProportions } from "./sample-size-for-proportions.js";
export { segmentSlug } from "./segment-slug.js";
export { type Arm, type ExperimentSplit, type SplitOptions, splitExperiment } from "./split-experiment.js";
export { standardStrategies } from "./standard-strategies.js";
export { PRIORITIES, type Priority, type Strategies, type Strategy } from "./strategy.js";
export {
  renderTargetList,
  type Target,
  type TargetColumns,
  type TargetList,
  type TargetOptions,
  targetList,
} from "./target-list.js";
export { winsorize } from "./winsorize.js";
