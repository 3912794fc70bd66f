import type { TrustedDataset } from "../datasets/index.js";
import type { ExperimentPageFacts } from "../reports/index.js";
import type { Run } from "../tracking/index.js";
import type { StageContext } from "./legacy-stage.js";

/** The facts that every page of a stage states: dataset, conventions, run and commit. */
export function pageFacts(
  { dataset, gitCommit }: Pick<StageContext, "dataset" | "gitCommit">,
  { title, settings }: Pick<TrustedDataset, "title" | "settings">,
  { id }: Pick<Run, "id">,
): ExperimentPageFacts {
  return {
    dataset,
    title,
    locale: settings.locale,
    currency: settings.currency,
    ...(id ? { runId: id } : {}),
    ...(gitCommit ? { gitCommit } : {}),
  };
}
