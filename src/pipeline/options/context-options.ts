import type { Static } from "typebox";
import { STATEMENT_LIMIT } from "../../engine/index.js";
import { LOCK_WAIT } from "../../storage/index.js";
import {
  choice,
  dayOption,
  defineOptions,
  optional,
  pathOption,
  switchOption,
  textOption,
  wholeNumber,
} from "./option-schema.js";
import { resolveOptions } from "./resolve-options.js";

/** Seconds that one SQL statement may run. */
export const statementLimitOption = wholeNumber("Seconds that one SQL statement may run", {
  default: STATEMENT_LIMIT,
  minimum: 1,
  maximum: 86_400,
  value: "<seconds>",
});

/** Seconds to wait while another process uses the dataset. */
export const waitOption = wholeNumber("Seconds to wait while another process uses the dataset", {
  default: LOCK_WAIT,
  maximum: 86_400,
  value: "<seconds>",
});

/** Options of every stage's command: the dataset, the day, and how the run goes. */
export const contextOptions = defineOptions({
  dataset: textOption("Dataset, as listed by data list", { default: "demo" }),
  asOf: optional(dayOption("Last day of data to use (default: the dataset's own)")),
  out: optional(pathOption("folder", "Folder for artifacts (default: artifacts/<dataset>)")),
  seed: wholeNumber("Random seed", { default: 7 }),
  engine: choice(["duckdb"], "SQL engine", { default: "duckdb" }),
  threads: wholeNumber("Threads per SQL statement", { default: 2, minimum: 1 }),
  statementLimit: statementLimitOption,
  wait: waitOption,
  force: switchOption("Recompute even if up to date", { default: false }),
  prerequisites: switchOption("Make missing and stale inputs first", {
    default: true,
    negated: "Fail instead of running missing or stale inputs first",
  }),
  logRows: switchOption("Log files with a row per customer to MLflow too, by pseudonym", { default: false }),
  tracking: switchOption("Log to MLflow", { default: true, negated: "Do not log to MLflow" }),
});

/** The context's options that have a default, with it. */
export const contextDefaults: Static<typeof contextOptions> = resolveOptions(contextOptions, {}, "a stage");

/** Seeds every draw of a context. */
export function seedOf({ seed = contextDefaults.seed }: { readonly seed?: number }): number {
  return seed;
}
