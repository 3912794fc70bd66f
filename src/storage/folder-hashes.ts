import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { sha256OfFile } from "./files.js";

/** Returns the sha256 of every file of a folder by its path in it, sorted, but for the file that will hold them. */
export async function folderHashes(folder: string, except: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const hashes: Record<string, string> = {};
  for (const path of paths.sort()) if (path !== except) hashes[path] = await sha256OfFile(join(folder, path));
  return hashes;
}

/**
 * Returns true if every hashed file is in the folder as it was. Without hashes, the folder must hold no file but the one
 * that has them.
 */
export async function matchesHashes(
  folder: string,
  hashes: Readonly<Record<string, string>>,
  heldBy: string,
): Promise<boolean> {
  if (!Object.keys(hashes).length) return !Object.keys(await folderHashes(folder, heldBy)).length;
  for (const [file, sha256] of Object.entries(hashes)) {
    const path = join(folder, file);
    if (!existsSync(path) || (await sha256OfFile(path)) !== sha256) return false;
  }
  return true;
}
