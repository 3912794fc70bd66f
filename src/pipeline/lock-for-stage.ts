import { lockDataset } from "../datasets/index.js";
import type { StageContext } from "./stage.js";

/**
 * Runs `body` while no other process imports the dataset of a context or runs its stages.
 *
 * @param body Gets the context to run stages with while the lock is held.
 * @param options With `readsOnly`, `body` runs without a lock where none can be written; a stage in it then still needs one.
 */
export function lockForStage<T>(
  context: StageContext,
  body: (locked: StageContext) => Promise<T>,
  { readsOnly = false }: { readonly readsOnly?: boolean } = {},
): Promise<T> {
  if (context.isLocked) return body(context);
  const { workspace, dataset, holder, wait, say, signal } = context;
  const options = { holder, wait, say, signal, readsOnly };
  return lockDataset(workspace, dataset, options, (isLocked) => body({ ...context, isLocked }));
}
