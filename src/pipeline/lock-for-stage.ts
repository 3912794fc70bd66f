import { lockDataset } from "../datasets/index.js";
import type { StageContext } from "./stage.js";

/**
 * Runs `body` while no other process imports the dataset of a context or runs its stages.
 *
 * @param body Gets the context to run stages with while the lock is held.
 */
export function lockForStage<T>(context: StageContext, body: (locked: StageContext) => Promise<T>): Promise<T> {
  if (context.isLocked) return body(context);
  const { workspace, dataset, holder, wait, say, signal } = context;
  return lockDataset(workspace, dataset, { holder, wait, say, signal }, () => body({ ...context, isLocked: true }));
}
