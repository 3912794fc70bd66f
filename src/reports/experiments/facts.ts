import type { Conventions } from "../../table/index.js";

/** What the pages of an experiment state beside its numbers. */
export interface ExperimentPageFacts extends Conventions {
  /** Name of the dataset in commands. */
  readonly dataset: string;
  /** Title of the dataset for people. */
  readonly title: string;
  readonly runId?: string;
  readonly gitCommit?: string;
}
