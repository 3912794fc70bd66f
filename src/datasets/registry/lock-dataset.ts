import { join } from "node:path";
import { requireKnownOptions } from "../../errors.js";
import { type LockOptions, lockOptions, type Workspace, withLock } from "../../storage/index.js";
import { isDatasetName } from "./dataset-name.js";

/** Options for {@link lockDataset}. */
export type LockDatasetOptions = Omit<LockOptions, "what">;

const { what: _, ...lockDatasetOptions } = lockOptions;

/**
 * Runs `body` while no other process imports or cleans the dataset or runs its stages.
 *
 * @throws {Error} If another process uses it for longer than `wait`; names that process.
 * @throws {Error} If the lock cannot be written, unless the work only reads.
 */
export function lockDataset<T>(
  { home }: Pick<Workspace, "home">,
  name: string,
  options: LockDatasetOptions,
  body: (isHeld: boolean) => Promise<T>,
): Promise<T> {
  requireKnownOptions("lock a dataset", options, lockDatasetOptions);
  // What names no dataset is refused within.
  if (!isDatasetName(name)) return body(false);
  return withLock(
    join(home, "datasets", ".locks", `${name}.lock`),
    { ...options, what: `the dataset "${name}"` },
    body,
  );
}

/** Runs an import of a dataset under its lock; by default the import is the holder. */
export function lockForImport<T>(
  workspace: Pick<Workspace, "home">,
  name: string,
  lock: Partial<LockDatasetOptions> | undefined,
  body: () => Promise<T>,
): Promise<T> {
  return lockDataset(workspace, name, { holder: `import of "${name}"`, ...lock }, body);
}
