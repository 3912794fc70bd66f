import type { TrackedDataset } from "../tracking/index.js";
import type { Params } from "./options/option-params.js";

/** Parts of a result that were either computed or found up to date. */
export interface StageOutcome {
  readonly stage: string;
  readonly folder: string;
  /** Flat name -> number, the same names as in MLflow. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly params: Params;
  /** Its dataset, as MLflow shows it. */
  readonly input: TrackedDataset;
}

/** Result of a stage that was computed. */
export interface ComputedStage<R = unknown> extends StageOutcome {
  readonly computed: true;
  readonly value: R;
}

/** Result of a stage that was up to date: nothing was computed or written. */
export interface UnchangedStage extends StageOutcome {
  readonly computed: false;
  readonly value?: undefined;
}

/** Result of a stage; `value` is there if it was computed. */
export type StageResult<R = unknown> = ComputedStage<R> | UnchangedStage;
