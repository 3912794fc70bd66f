import { type Static, Type } from "../schema/index.js";
import { type LifecycleStage, wireStage } from "./client/experiments.js";
import {
  fromPairs,
  fromWireInteger,
  fromWireNumber,
  fromWireOptional,
  wireInteger,
  wireNumber,
  wirePairs,
  wireText,
} from "./client/wire.js";

/** MLflow's states of a run. */
export const runStatus = Type.Enum(["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]);
export type RunStatus = Static<typeof runStatus>;

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

const wireDatasetInput = Type.Object({
  tags: wirePairs,
  dataset: Type.Object({
    name: Type.String(),
    digest: Type.String(),
    source_type: wireText,
    source: wireText,
    schema: wireText,
    profile: wireText,
  }),
});

/** A run as the server writes it. */
export const wireRun = Type.Object({
  info: Type.Object({
    run_id: Type.String({ minLength: 1 }),
    run_name: wireText,
    experiment_id: Type.String(),
    status: Type.Optional(runStatus),
    start_time: Type.Optional(wireInteger),
    end_time: Type.Optional(wireInteger),
    artifact_uri: wireText,
    lifecycle_stage: wireStage,
  }),
  data: Type.Optional(
    Type.Object({
      params: wirePairs,
      metrics: Type.Optional(Type.Array(Type.Object({ key: Type.String(), value: wireNumber }))),
      tags: wirePairs,
    }),
  ),
  inputs: Type.Optional(Type.Object({ dataset_inputs: Type.Optional(Type.Array(wireDatasetInput)) })),
  outputs: Type.Optional(
    Type.Object({ model_outputs: Type.Optional(Type.Array(Type.Object({ model_id: Type.String() }))) }),
  ),
});

/** Converts a run from the server's form. */
export function toRunRecord({ info, data, inputs, outputs }: Static<typeof wireRun>): RunRecord {
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
