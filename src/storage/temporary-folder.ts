import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isProcessRunning, processId } from "./environment.js";

/** Temporary folders in use by this process, not to be removed as leftovers. */
const filling = new Set<string>();

/**
 * Calls `use` with an empty folder `<path>.<process>-<digits>.tmp` and removes it afterwards. Removes leftovers of killed
 * processes first.
 *
 * @returns Result of `use`.
 */
export async function withTemporaryFolder<T>(path: string, use: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  await sweep(path);
  const folder = `${path}.${processId}-${randomBytes(4).toString("hex")}.tmp`;
  filling.add(folder);
  try {
    await mkdir(folder);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    filling.delete(folder);
  }
}

async function sweep(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const owner = name.startsWith(prefix) ? /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(prefix.length)) : null;
    const leftover = join(dirname(path), name);
    if (!owner || filling.has(leftover)) continue;
    const alive = Number(owner[1]) !== processId && isProcessRunning(Number(owner[1]));
    if (!alive) await rm(leftover, { recursive: true, force: true });
  }
}
