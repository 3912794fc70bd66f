import type { Static } from "typebox";
import type { ResolvedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import type { Manifest } from "./artifacts/manifest.js";
import { type OpenedDataset, openDataset } from "./open-dataset.js";
import type { OptionSchema } from "./options/option-schema.js";
import type { RawStage, RawWork, Stage, StageContext, TrustedStage } from "./stage.js";

/** A stage, with the trusted tables if it reads them. */
export type OpenedStage<S extends OptionSchema, R> =
  | { readonly stage: RawStage<S, R>; readonly dataset?: undefined }
  | { readonly stage: TrustedStage<S, R>; readonly dataset: OpenedDataset };

/** Engine, dataset and inputs that a stage is opened on. */
export interface OpenStageParts {
  readonly engine: Engine;
  readonly context: StageContext;
  readonly source: ResolvedDataset;
  /** Manifests of the inputs by the stage that made them. */
  readonly inputs: ReadonlyMap<string, Manifest>;
}

/** Opens the trusted tables for a stage that reads them, as of the day asked for, else of the input that it follows. */
export async function openStage<S extends OptionSchema, R>(
  stage: Stage<S, R>,
  { engine, context, source, inputs }: OpenStageParts,
): Promise<OpenedStage<S, R>> {
  if (stage.opens === "raw") return { stage };
  const followed = stage.dayOf && inputs.get(stage.dayOf.madeBy)?.as_of;
  return { stage, dataset: await openDataset(engine, source, context.asOf ?? followed ?? undefined) };
}

/** The two steps of a stage, bound to its work. */
export interface BoundStage<R> {
  run(): Promise<R>;
  finish(value: R): Promise<void>;
}

/** Binds an opened stage to the work that it takes. */
export function bindStage<S extends OptionSchema, R>(
  opened: OpenedStage<S, R>,
  raw: RawWork,
  options: Static<S>,
): BoundStage<R> {
  if (opened.dataset === undefined) {
    const { stage } = opened;
    return { run: () => stage.run(raw, options), finish: async (value) => stage.finish?.(raw, value) };
  }
  const { stage, dataset } = opened;
  const work = { ...raw, dataset, asOf: dataset.asOf };
  return { run: () => stage.run(work, options), finish: async (value) => stage.finish?.(work, value) };
}
