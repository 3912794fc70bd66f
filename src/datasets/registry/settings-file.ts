import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseJsonText } from "../../schema/index.js";
import { type Workspace, writeFileAtomically } from "../../storage/index.js";
import { parseSettings } from "./parse-settings.js";
import type { DatasetSettings } from "./settings.js";

/** Returns the path of the settings of a dataset, which a user may edit: `datasets/<name>/settings.json`. */
export function settingsPath({ rawDatasets }: Pick<Workspace, "rawDatasets">, name: string): string {
  return join(dirname(rawDatasets), name, "settings.json");
}

/**
 * Reads the settings of a dataset.
 *
 * @returns Undefined if it has no settings file, as imports of older versions.
 * @throws {SyntaxError} If the file is not JSON, a key is unknown or a value is invalid: names the file.
 */
export async function readSettings(
  workspace: Pick<Workspace, "rawDatasets">,
  name: string,
): Promise<DatasetSettings | undefined> {
  const path = settingsPath(workspace, name);
  if (!existsSync(path)) return undefined;
  const action = `read "${path}"`;
  return parseSettings(parseJsonText(await readFile(path, "utf8"), { action }), { action });
}

/**
 * Writes the settings of an import, unless the file was edited since the import before.
 *
 * @param options.before Settings of the import before, if there was one.
 * @returns False if an edited file was kept.
 */
export async function writeSettings(
  workspace: Pick<Workspace, "rawDatasets">,
  { name, settings }: { readonly name: string; readonly settings: DatasetSettings },
  { before }: { readonly before: DatasetSettings | undefined },
): Promise<boolean> {
  const path = settingsPath(workspace, name);
  const text = settingsText(settings);
  if (existsSync(path)) {
    const found = await readFile(path, "utf8");
    if (found === text) return true;
    if (before === undefined || found !== settingsText(before)) return false;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, text);
  return true;
}

function settingsText(settings: DatasetSettings): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}
