import type { Static } from "typebox";
import type { ResolvedDataset } from "../datasets/index.js";
import type { GivenOptions, OptionSchema } from "./options/option-schema.js";
import { resolveOptions } from "./options/resolve-options.js";
import type { Stage } from "./stage.js";

/**
 * Checks the options of a stage before any work, and fills in the defaults.
 *
 * @throws {SyntaxError} If an option is unknown or out of range.
 * @throws {RangeError} If options are missing or do not go together.
 */
export function checkStage<S extends OptionSchema, R>(stage: Stage<S, R>, given: GivenOptions<S>): Static<S> {
  stage.check?.(given);
  return resolveOptions(stage.options, given, stage.name);
}

/**
 * Checks names and files of the options against the dataset, before a run starts or anything is made.
 *
 * @throws {RangeError} If there is no such name.
 * @throws {SyntaxError} If a file is not valid.
 */
export async function inspectStage<S extends OptionSchema, R>(
  stage: Stage<S, R>,
  given: GivenOptions<S>,
  source: Pick<ResolvedDataset, "provenance">,
): Promise<void> {
  await stage.inspect?.(source, given);
}
