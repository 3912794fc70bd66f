import { join } from "node:path";
import type { CommandContext } from "./options/command-line.js";
import type { StageContext } from "./stage.js";

/** Returns what a command must repeat to work on the same dataset in the same folder. */
export function commandContext({
  workspace,
  dataset,
  out,
}: Pick<StageContext, "workspace" | "dataset" | "out">): CommandContext {
  return { dataset, out: out === join(workspace.artifacts, dataset) ? undefined : out };
}
