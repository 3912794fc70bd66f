import type { TrustedDataset } from "../../datasets/index.js";
import { requireKnownOptions } from "../../errors.js";
import type { PlannedMeasure } from "../../strategy/index.js";
import type { Conventions } from "../../table/index.js";

/** Facts that the pages of an experiment state beside its numbers. */
export interface ExperimentPageFacts extends Conventions {
  /** Name of the dataset in commands. */
  readonly dataset: string;
  /** Title of the dataset for people. */
  readonly title: string;
  /** The command of the next step; absent where there is none. */
  readonly next?: string;
  /** What the groups of a split can detect in the primary metric; absent where that is unknown. */
  readonly detects?: Pick<PlannedMeasure, "minimumDetectableEffect" | "neededPerArm">;
  readonly runId?: string;
  readonly gitCommit?: string;
}

/** Returns the facts of a page about a dataset, made in a run by a version of the code. */
export function experimentPageFacts(
  { name, title, settings }: Pick<TrustedDataset, "name" | "title" | "settings">,
  options: {
    readonly next?: string;
    readonly detects?: ExperimentPageFacts["detects"] | undefined;
    readonly runId?: string | undefined;
    readonly gitCommit?: string | undefined;
  } = {},
): ExperimentPageFacts {
  requireKnownOptions("make an experiment page", options, {
    next: true,
    detects: true,
    runId: true,
    gitCommit: true,
  });
  const { next, detects, runId, gitCommit } = options;
  return {
    dataset: name,
    title,
    locale: settings.locale,
    currency: settings.currency,
    ...(next ? { next } : {}),
    ...(detects ? { detects } : {}),
    ...(runId ? { runId } : {}),
    ...(gitCommit ? { gitCommit } : {}),
  };
}
