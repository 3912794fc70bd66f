import type { TrustedDataset } from "../../datasets/index.js";
import { requireKnownOptions } from "../../errors.js";
import type { Conventions } from "../../table/index.js";

/** Facts that the pages of an experiment state beside its numbers. */
export interface ExperimentPageFacts extends Conventions {
  /** Name of the dataset in commands. */
  readonly dataset: string;
  /** Title of the dataset for people. */
  readonly title: string;
  /** The command of the next step; absent where there is none. */
  readonly next?: string;
  readonly runId?: string;
  readonly gitCommit?: string;
}

/** Returns the facts of a page about a dataset, made in a run by a version of the code. */
export function experimentPageFacts(
  { name, title, settings }: Pick<TrustedDataset, "name" | "title" | "settings">,
  options: {
    readonly next?: string;
    readonly runId?: string | undefined;
    readonly gitCommit?: string | undefined;
  } = {},
): ExperimentPageFacts {
  requireKnownOptions("make an experiment page", options, { next: true, runId: true, gitCommit: true });
  const { next, runId, gitCommit } = options;
  return {
    dataset: name,
    title,
    locale: settings.locale,
    currency: settings.currency,
    ...(next ? { next } : {}),
    ...(runId ? { runId } : {}),
    ...(gitCommit ? { gitCommit } : {}),
  };
}
