import type { OptionNames } from "../errors.js";
import type { ModelPackage } from "./model-package.js";
import type { RunStatus } from "./run-record.js";

/** Final status of a run. */
export type EndStatus = Extract<RunStatus, "FINISHED" | "FAILED" | "KILLED">;

/** Value of a param or tag; it is stored as text. */
export type ParamValue = string | number | boolean;

/** Options of a new run. */
export interface RunOptions {
  tags?: Readonly<Record<string, ParamValue>>;
  /** Shown as the run's description, in Markdown. */
  note?: string;
}

/** The names of {@link RunOptions}. */
export const runOptions: OptionNames<RunOptions> = { tags: true, note: true };

/** A dataset that a run read. */
export interface TrackedDataset {
  readonly name: string;
  /** The whole sha256, 64 hex digits. MLflow's digest is its first 32, the whole is kept in a tag. */
  readonly digestSha256: string;
  /** Path or address that it came from. */
  readonly source: string;
  /** Purpose, for example `training`. */
  readonly context: string;
  readonly schema?: readonly { readonly name: string; readonly type: string; readonly required?: boolean }[];
  /** Facts about it, for example its number of rows. */
  readonly profile?: Readonly<Record<string, string | number>>;
}

/**
 * A run being tracked. A call returns once its event is in the run's journal; events are sent in the background, many
 * in one request, and `end` waits for them. If the server is lost the journal is sent later, by the run itself or by
 * `syncQueue`.
 *
 * Any text may name a param, metric, tag or artifact: what MLflow does not allow in it becomes `_`, with one line.
 */
export interface Run {
  /** Our own id, known from the start and kept as the tag `rekindle.run_key`. */
  readonly key: string;
  /** MLflow's id; absent until the server has answered, and in a silent run. */
  readonly id: string | undefined;
  /** MLflow's id of the experiment; absent as `id` is. */
  readonly experimentId: string | undefined;
  /** Address of the run's page in MLflow; absent as `id` is. */
  readonly url: string | undefined;
  /** @throws {RangeError} If a param has another value already; the same value is fine. */
  logParams(params: Readonly<Record<string, ParamValue>>): Promise<void>;
  /** Logs metrics at a step, 0 by default. Values that are not finite are left out, with one line. */
  logMetrics(metrics: Readonly<Record<string, number>>, options?: { step?: number }): Promise<void>;
  /** Logs a training curve: values at the steps 0, 1, 2... of each metric. Steps without a finite value are left out. */
  logSeries(series: Readonly<Record<string, ArrayLike<number>>>): Promise<void>;
  setTags(tags: Readonly<Record<string, ParamValue>>): Promise<void>;
  logDataset(dataset: TrackedDataset): Promise<void>;
  /**
   * Logs a model that Python can load, and registers it if a name is given. What it gives back knows the model's id
   * once the server has it.
   *
   * @throws {RangeError} If MLflow would refuse a path of the package.
   */
  logModel(model: ModelPackage, options?: LogModelOptions): Promise<SentModelHandle>;
  /** Logs the models that the run made. */
  logModels(modelIds: readonly string[]): Promise<void>;
  /** Uploads a file into a folder of the run, the root by default. @throws {RangeError} If there is no such file. */
  logArtifact(file: string, artifactFolder?: string): Promise<void>;
  /** Uploads files below a folder, all of them by default. @param options.files Relative to the folder. */
  logArtifacts(
    folder: string,
    artifactFolder?: string,
    options?: { readonly files?: readonly string[] },
  ): Promise<void>;
  /** Makes an artifact of a text. */
  logText(path: string, text: string): Promise<void>;
  /** Starts a run nested in this one. */
  child(runName: string, options?: RunOptions): Promise<Run>;
  /** Waits until what was logged is sent, or the server is found to be lost. */
  flush(): Promise<void>;
  /** Ends the run and waits as `flush` does; further calls of `end` do nothing. */
  end(status?: EndStatus): Promise<void>;
}

/** Options of logging a model. */
export interface LogModelOptions {
  /** Name within the run; defaults to "model". */
  readonly name?: string;
  /** Name in the registry, for example `demo-churn`; it becomes a new version there. */
  readonly registerAs?: string;
  /** Aliases that the new version takes over, for example `challenger`. */
  readonly aliases?: readonly string[];
}

/** A model on its way to the server; its fields are undefined until it is there. */
export interface SentModelHandle {
  readonly modelId: string | undefined;
  /** Its number in the registry. */
  readonly version: string | undefined;
}

/** Starts runs. */
export interface Tracker {
  startRun(experiment: string, runName: string, options?: RunOptions): Promise<Run>;
  /** Says, for the end of the work, that its runs wait on disk since no server was running; undefined if none do. */
  waiting(): string | undefined;
}

/** Context of a run, for MLflow's standard tags. */
export interface RunContext {
  readonly user?: string;
  /** Command or notebook. */
  readonly sourceName?: string;
  readonly sourceType?: "LOCAL" | "NOTEBOOK" | "JOB";
  readonly gitCommit?: string;
}

/** The names of {@link RunContext}. */
export const contextOptions: OptionNames<RunContext> = {
  user: true,
  sourceName: true,
  sourceType: true,
  gitCommit: true,
};

/** Returns MLflow's standard tags for a run. */
export function standardTags({ user, sourceName, sourceType, gitCommit }: RunContext, note?: string) {
  const tags = {
    "mlflow.user": user,
    "mlflow.source.name": sourceName,
    "mlflow.source.type": sourceType,
    "mlflow.source.git.commit": gitCommit,
    "mlflow.note.content": note,
  };
  return Object.fromEntries(Object.entries(tags).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Converts params and tags to text. */
export function asText(record: Readonly<Record<string, ParamValue>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)]));
}
