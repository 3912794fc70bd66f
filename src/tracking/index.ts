export type { ArtifactEntry, ArtifactsClient } from "./artifacts.js";
export { authOf } from "./auth.js";
export type { Metric } from "./batches.js";
export { createMlflowClient, type MlflowClient, type MlflowClientOptions } from "./client.js";
export { TrackingError, type TrackingErrorDetails, type TrackingFailure } from "./errors.js";
export type { Experiment, ExperimentsClient, LifecycleStage, SearchOptions, ViewType } from "./experiments.js";
export { type QueuedRun, type Receipt, type RunEvent, readQueue } from "./journal.js";
export { BATCH_LIMITS, VALUE_LIMITS, type Warn } from "./limits.js";
export type { LoggedModel, LoggedModelStatus, LoggedModelsClient, NewLoggedModel } from "./logged-models.js";
export type { ModelPackage, ModelSignature, SignatureColumn } from "./model-package.js";
export { type OpenTrackerOptions, openTracker } from "./open-tracker.js";
export {
  CHALLENGER,
  CHAMPION,
  type ModelAliases,
  modelAliases,
  PREVIOUS_CHAMPION,
  promoteChallenger,
  restoreChampion,
} from "./promote-challenger.js";
export type { ModelVersion, NewModelVersion, RegisteredModel, RegisteredModelsClient } from "./registered-models.js";
export type { Answerer, TrackingAuth } from "./request.js";
export type { DatasetInput, RunRecord, RunStatus } from "./run-record.js";
export { type MetricPoint, type NewRun, RUN_KEY_TAG, type RunData, type RunsClient } from "./runs.js";
export { createSilentTracker } from "./silent-tracker.js";
export { type SyncedRun, type SyncOptions, syncQueue } from "./sync.js";
export type {
  EndStatus,
  LogModelOptions,
  ParamValue,
  Run,
  RunContext,
  RunOptions,
  SentModelHandle,
  TrackedDataset,
  Tracker,
} from "./tracker.js";
export { withChildRun, withRun } from "./with-run.js";
