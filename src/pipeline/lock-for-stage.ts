import { lockDataset } from "../datasets/index.js";
import type { StageContext } from "./stage.js";

/** Runs `body` while no other process imports the dataset of a context or runs its stages; inner calls go on. */
export function lockForStage<T>(
  { workspace, dataset, holder, wait, say, signal }: StageContext,
  body: () => Promise<T>,
): Promise<T> {
  return lockDataset(workspace, dataset, { holder, wait, say, signal }, body);
}
