export { type AsOf, type AsOfFacts, requireKnownDay, resolveAsOf } from "./as-of.js";
export { type ChurnTable, type ChurnTableOptions, churnTable } from "./churn-table.js";
export { cleanStage, trackedInput } from "./clean.js";
export { connectTracker, type TrackerOptions, trackingClient } from "./connect-tracker.js";
export { dataQualityInput } from "./data-quality-input.js";
export { bestNote, planRows } from "./experiments/plan-files.js";
export { type PlannedExperiment, type PlanStageOptions, planExperimentStage } from "./experiments/plan-stage.js";
export { decidesNote, readoutRows } from "./experiments/readout-files.js";
export {
  type ExperimentReading,
  type ReadoutStageOptions,
  readExperimentStage,
} from "./experiments/readout-stage.js";
export type { SplitManifest } from "./experiments/split-files.js";
export { type SplitStageOptions, splitExperimentStage } from "./experiments/split-stage.js";
export { STRATA, type Stratum } from "./experiments/strata.js";
export { type FeatureStore, type FeaturesStageOptions, featuresStage } from "./features.js";
export { gitCommit } from "./git-commit.js";
export { type Manifest, type ManifestFacts, writeManifest } from "./manifest.js";
export { type PackageModelOptions, packageModel, type TabularModel } from "./model-packages/package-model.js";
export { packagePurchaseModel } from "./model-packages/package-purchase-model.js";
export { type PackageSegmentationOptions, packageSegmentation } from "./model-packages/package-segmentation.js";
export { type NotebookRun, runNotebook } from "./notebooks.js";
export { openSession, type Session, type SessionOptions } from "./open-session.js";
export { reportStage } from "./report.js";
export { chooseNotebooks, type RunNotebooksOptions, runNotebooks } from "./run-notebooks.js";
export { contactSecret } from "./segments/contact-secret.js";
export { type MigrationTableOptions, migrationTable } from "./segments/migration-table.js";
export { moversTable } from "./segments/movers-table.js";
export { profileTable } from "./segments/profile-table.js";
export { ruleRemarks, ruleSegmentTable } from "./segments/rule-segment-table.js";
export { defaultSegmentFeatures, type SegmentStageOptions, type Segments, segmentStage } from "./segments/segment.js";
export { type SegmentFigureOptions, type ShownSegments, segmentFigures } from "./segments/segment-figures.js";
export { driftInWords, refitInWords, verdictInWords } from "./segments/segment-log.js";
export { type Selection, selectionRemarks, selectionTable } from "./segments/selection-table.js";
export { type StayingTableOptions, stayingTable } from "./segments/staying-table.js";
export type { AppliedStrategy } from "./segments/strategies-with-budget.js";
export { strategyTable } from "./segments/strategy-table.js";
export { runStages, type Stage, type StageContext, type StageResult } from "./stage.js";
export { versions } from "./versions.js";
