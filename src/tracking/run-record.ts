import type { LifecycleStage } from "./client/experiments.js";
import {
  fromPairs,
  fromWireInteger,
  fromWireNumber,
  fromWireOptional,
  type WireInteger,
  type WirePair,
} from "./client/wire.js";

/** MLflow's states of a run. */
export type RunStatus = "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED";

/** A dataset that a run read. */
export interface DatasetInput {
  readonly name: string;
  /** At most 36 characters. */
  readonly digest: string;
  /** Kind of source, for example `local` or `http`. */
  readonly sourceType: string;
  /** Source, JSON text for MLflow's own kinds. */
  readonly source: string;
  /** JSON text. */
  readonly schema?: string;
  /** JSON text. */
  readonly profile?: string;
  /** `mlflow.data.context` says what it was for. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A run as the server has it: times in milliseconds since 1970, of each metric the last value. */
export interface RunRecord {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly status: RunStatus;
  readonly startTime: number;
  readonly endTime: number | undefined;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly datasets: readonly DatasetInput[];
  /** Ids of the models the run made. */
  readonly outputModelIds: readonly string[];
}

/** A run as the server writes it. */
export interface WireRun {
  readonly info: {
    readonly run_id: string;
    readonly run_name?: string;
    readonly experiment_id: string;
    readonly status?: RunStatus;
    readonly start_time?: WireInteger;
    readonly end_time?: WireInteger;
    readonly artifact_uri?: string;
    readonly lifecycle_stage?: LifecycleStage;
  };
  readonly data?: {
    readonly params?: readonly WirePair[];
    readonly metrics?: readonly { readonly key: string; readonly value: number | string }[];
    readonly tags?: readonly WirePair[];
  };
  readonly inputs?: { readonly dataset_inputs?: readonly WireDatasetInput[] };
  readonly outputs?: { readonly model_outputs?: readonly { readonly model_id: string }[] };
}

interface WireDatasetInput {
  readonly tags?: readonly WirePair[];
  readonly dataset: {
    readonly name: string;
    readonly digest: string;
    readonly source_type?: string;
    readonly source?: string;
    readonly schema?: string;
    readonly profile?: string;
  };
}

/** Converts a run from the server's form. */
export function toRunRecord({ info, data, inputs, outputs }: WireRun): RunRecord {
  return {
    runId: info.run_id,
    runName: info.run_name ?? "",
    experimentId: info.experiment_id,
    status: info.status ?? "RUNNING",
    startTime: fromWireInteger(info.start_time),
    endTime: fromWireOptional(info.end_time),
    artifactUri: info.artifact_uri ?? "",
    lifecycleStage: info.lifecycle_stage ?? "active",
    params: fromPairs(data?.params),
    metrics: Object.fromEntries((data?.metrics ?? []).map(({ key, value }) => [key, fromWireNumber(value)])),
    tags: fromPairs(data?.tags),
    datasets: (inputs?.dataset_inputs ?? []).map(({ tags, dataset }) => ({
      name: dataset.name,
      digest: dataset.digest,
      sourceType: dataset.source_type ?? "",
      source: dataset.source ?? "",
      ...(dataset.schema === undefined ? {} : { schema: dataset.schema }),
      ...(dataset.profile === undefined ? {} : { profile: dataset.profile }),
      tags: fromPairs(tags),
    })),
    outputModelIds: (outputs?.model_outputs ?? []).map((output) => output.model_id),
  };
}
