import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Static, TSchema } from "typebox";
import { hashOf } from "../artifacts/identity.js";
import { isCosmetic, isOnce } from "./option-params.js";
import type { OptionSchema } from "./option-schema.js";

/** Returns the options that data depend on. In place of a path stands the hash of what lies there. */
export async function optionsIdentity<S extends OptionSchema>(
  schema: S,
  options: Static<S>,
): Promise<Record<string, unknown>> {
  const identity: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || isCosmetic(property) || isOnce(property)) continue;
    identity[name] = isPath(property) ? await contentHash(String(value)) : value;
  }
  return identity;
}

function isPath(property: TSchema): boolean {
  return (property as TSchema & { path?: string }).path !== undefined;
}

/** Returns the hash of each file by its name; an empty one for a file that is not there. */
export async function fileHashes(paths: readonly string[]): Promise<Record<string, string>> {
  const hashes = await Promise.all(
    paths.map(async (path) => [basename(path), (await contentHash(path)) ?? ""] as const),
  );
  return Object.fromEntries(hashes);
}

/** The hash of a file, or of all files of a folder with their names; null if there is none. */
async function contentHash(path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  if ((await stat(path)).isFile()) return hashOf((await readFile(path)).toString("base64"));
  const files = (await readdir(path, { recursive: true })).sort();
  const contents: [string, string][] = [];
  for (const file of files) {
    const full = join(path, file);
    if ((await stat(full)).isFile()) contents.push([file, (await readFile(full)).toString("base64")]);
  }
  return hashOf(contents);
}
