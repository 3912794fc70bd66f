import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Environment } from "../../storage/index.js";
import type { KnownDataset } from "./known-dataset.js";

/**
 * Returns the folder with copies of the built-in datasets: `REKINDLE_DATA`, else `../shared/datasets` relative to the
 * repository.
 *
 * @returns Undefined if neither exists.
 */
export function sharedDataFolder({
  dataFolder,
  workspace,
}: Pick<Environment, "dataFolder" | "workspace">): string | undefined {
  const candidates = [
    ...(dataFolder ? [resolve(dataFolder)] : []),
    resolve(workspace.installation, "..", "shared", "datasets"),
  ];
  return candidates.find((folder) => existsSync(folder));
}

/** Returns the path of a copy of a built-in dataset, if there is one. */
export function sharedCopy(
  environment: Pick<Environment, "dataFolder" | "workspace">,
  { folder }: Pick<KnownDataset, "folder">,
): string | undefined {
  const data = sharedDataFolder(environment);
  const path = data && folder ? join(data, folder) : undefined;
  return path !== undefined && existsSync(path) ? path : undefined;
}
