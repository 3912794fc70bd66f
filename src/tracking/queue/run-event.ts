import type { WireMetric } from "../client/batches.js";
import type { ModelPackage } from "../model-package.js";
import type { DatasetInput, RunStatus } from "../run-record.js";

/** A model that a run made, with its files kept beside the journal. */
export interface ModelEvent {
  readonly type: "model";
  /** By which the model is found again if it is sent twice. */
  readonly key: string;
  readonly name: string;
  readonly flavors: ModelPackage["flavors"];
  readonly signature: ModelPackage["signature"];
  readonly files: readonly FileSnapshot[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Name in the registry; absent if it is not registered. */
  readonly registerAs?: string;
  readonly aliases: readonly string[];
}

/** A file as it was when it was logged. */
export interface FileSnapshot {
  readonly file: string;
  readonly path: string;
  /** Of what the file held when it was logged; absent if that could not be read. */
  readonly sha256?: string;
  /** Bytes. */
  readonly size?: number;
}

/** An event of a run, complete enough to be sent later. */
export type RunEvent =
  | {
      readonly type: "start";
      readonly experiment: string;
      readonly runName: string;
      /** Milliseconds since 1970. */
      readonly startTime: number;
      readonly tags: Readonly<Record<string, string>>;
      /** Key of the run that this one is nested in. */
      readonly parent?: string;
    }
  | { readonly type: "params"; readonly params: Readonly<Record<string, string>> }
  | { readonly type: "metrics"; readonly metrics: readonly WireMetric[] }
  | { readonly type: "tags"; readonly tags: Readonly<Record<string, string>> }
  | { readonly type: "dataset"; readonly dataset: DatasetInput }
  | { readonly type: "outputs"; readonly modelIds: readonly string[] }
  | ModelEvent
  | ({ readonly type: "artifact" } & FileSnapshot)
  | { readonly type: "text"; readonly text: string; readonly path: string }
  | { readonly type: "end"; readonly status: RunStatus; readonly endTime: number }
  /** A line that is no event. It keeps its place, for receipts count events. Never written. */
  | { readonly type: "unreadable"; readonly problem: string };

/** The server took the events before number `settled`; `problem` is the reason why the last of them was dropped. */
export interface Receipt {
  readonly settled: number;
  readonly runId?: string;
  readonly problem?: string;
}
