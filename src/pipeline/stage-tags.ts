import { seedOf } from "./options/context-options.js";
import type { StageContext } from "./stage.js";

/** Returns the tags of every run of a context. */
export function stageTags(context: StageContext): Record<string, string | number> {
  const { dataset, gitCommit } = context;
  return { dataset, seed: seedOf(context), engine: "duckdb", ...(gitCommit ? { git_commit: gitCommit } : {}) };
}
