export { didYouMean } from "../errors.js";
export { contactSecret } from "../storage/index.js";
export type { AppliedStrategy } from "../strategy/index.js";
export { type Manifest, type ManifestFacts, writeManifest } from "./artifacts/manifest.js";
export { type AsOf, type AsOfFacts, requireKnownDay, resolveAsOf } from "./as-of.js";
export { type BacktestObservationsOptions, backtestObservations } from "./candidates/backtest-observations.js";
export {
  type BoostedCandidateOptions,
  lightGbmClassifierCandidate,
  lightGbmRegressorCandidate,
  xgboostClassifierCandidate,
  xgboostRegressorCandidate,
} from "./candidates/boosted-candidates.js";
export type { CandidateRows } from "./candidates/candidate-rows.js";
export { type LogisticCandidateOptions, logisticCandidate } from "./candidates/logistic-candidate.js";
export { observeCandidateRows } from "./candidates/observe-candidate-rows.js";
export { columnCandidate, meanCandidate } from "./candidates/plain-candidates.js";
export { type PurchaseCandidateOptions, purchaseCandidate } from "./candidates/purchase-candidate.js";
export type { CandidateOptions, TabularOptions } from "./candidates/tabular-candidate.js";
export { checkStage, inspectStage } from "./check-stage.js";
export { connectTracker, type TrackerOptions, trackingClient, trackingTimeout } from "./connect-tracker.js";
export { createStageContext, type StageContextOptions } from "./context.js";
export { dataQualityInput } from "./data-quality/data-quality-input.js";
export { gitCommit } from "./git-commit.js";
export { type Champion, type ChampionSource, championOf } from "./model-packages/champion-of.js";
export type { ModelCard, Predicts } from "./model-packages/model-card.js";
export { openModelPackage } from "./model-packages/open-model-package.js";
export { type PackageModelOptions, packageModel, type TabularModel } from "./model-packages/package-model.js";
export { type PackagePurchaseModelOptions, packagePurchaseModel } from "./model-packages/package-purchase-model.js";
export { type PackageSegmentationOptions, packageSegmentation } from "./model-packages/package-segmentation.js";
export type { PackagedModel } from "./model-packages/packaged-model.js";
export { transformColumns } from "./model-packages/transform-columns.js";
export { writeModelPackage } from "./model-packages/write-model-package.js";
export { type NotebookRun, runNotebook } from "./notebooks/run-notebook.js";
export { chooseNotebooks, type RunNotebooksOptions, runNotebooks } from "./notebooks/run-notebooks.js";
export { type CommandContext, runCommandLine, stageCommandLine } from "./options/command-line.js";
export { contextDefaults, contextOptions } from "./options/context-options.js";
export { type OptionFlag, optionFlags } from "./options/option-flags.js";
export {
  choice,
  defineOptions,
  type GivenOptions,
  givenOptions,
  type OptionSchema,
  optional,
  pathOption,
  switchOption,
  textOption,
  wholeNumber,
} from "./options/option-schema.js";
export { type FlagValues, parseFlags, parseOption } from "./options/parse-flags.js";
export { planFigures } from "./options/plan-figures.js";
export { resolveOptions } from "./options/resolve-options.js";
export { defaultSegmentFeatures } from "./options/segment-options.js";
export { SHARED_OPTIONS, sharedOptions } from "./options/shared-options.js";
export { type ReportPlaces, writeReportIndex } from "./report-index.js";
export { type RunStageOptions, runStage } from "./run-stage.js";
export { type PlannedStage, runStages } from "./run-stages.js";
export { openSession, type Session, type SessionOptions } from "./session.js";
export type {
  AnyStage,
  CommandStage,
  RawStage,
  RawWork,
  Stage,
  StageContext,
  StageWork,
  TrustedStage,
} from "./stage.js";
export type { ComputedStage, StageOutcome, StageResult, UnchangedStage } from "./stage-result.js";
export type { PlanResult } from "./stages/experiment-plan.js";
export type { ReadoutResult } from "./stages/experiment-readout.js";
export type { SplitResult } from "./stages/experiment-split.js";
export type { FeatureStore } from "./stages/features.js";
export * from "./stages/index.js";
export type { Segments } from "./stages/segment.js";
export { versions } from "./versions.js";
