export type { ArtifactEntry, ArtifactsClient } from "./client/artifacts.js";
export { authOf } from "./client/auth.js";
export type { Metric } from "./client/batches.js";
export { createMlflowClient, type MlflowClient, type MlflowClientOptions } from "./client/client.js";
export { TrackingError, type TrackingErrorDetails, type TrackingFailure } from "./client/errors.js";
export type { Experiment, ExperimentsClient, LifecycleStage, SearchOptions, ViewType } from "./client/experiments.js";
export { BATCH_LIMITS, VALUE_LIMITS, type Warn } from "./client/limits.js";
export type { LoggedModel, LoggedModelStatus, LoggedModelsClient, NewLoggedModel } from "./client/logged-models.js";
export {
  CHALLENGER,
  CHAMPION,
  type ModelAliases,
  modelAliases,
  PREVIOUS_CHAMPION,
  promoteChallenger,
  restoreChampion,
} from "./client/promote-challenger.js";
export type {
  ModelVersion,
  NewModelVersion,
  RegisteredModel,
  RegisteredModelsClient,
} from "./client/registered-models.js";
export type { Answerer, TrackingAuth } from "./client/request.js";
export { type MetricPoint, type NewRun, RUN_KEY_TAG, type RunData, type RunsClient } from "./client/runs.js";
export type { ModelPackage, ModelSignature, SignatureColumn } from "./model-package.js";
export { type OpenTrackerOptions, openTracker } from "./open-tracker.js";
export { type QueuedRun, readQueue } from "./queue/journal.js";
export type { Receipt, RunEvent } from "./queue/run-event.js";
export { type SyncedRun, type SyncOptions, syncQueue } from "./queue/sync.js";
export type { DatasetInput, RunRecord, RunStatus } from "./run-record.js";
export { createSilentTracker } from "./silent-tracker.js";
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
