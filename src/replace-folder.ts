import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isProcessRunning, processId } from "./environment.js";
import { messageOf } from "./errors.js";

/** Temporary folders that this process is filling, so that it does not sweep its own. */
const filling = new Set<string>();

/**
 * Lets `fill` write into an empty folder beside `target`, which then takes the place of `target` as a whole: all of the
 * old content or all of the new is there. What a killed process left behind is swept first.
 *
 * @returns What `fill` returns.
 * @throws Whatever `fill` throws; the old folder then stays.
 */
export async function replaceFolder<T>(target: string, fill: (temporaryFolder: string) => Promise<T>): Promise<T> {
  await mkdir(dirname(target), { recursive: true });
  await sweep(target);
  const suffix = `${processId}-${randomBytes(4).toString("hex")}`;
  const temporary = `${target}.${suffix}.tmp`;
  filling.add(temporary);
  try {
    await mkdir(temporary);
    const result = await fill(temporary).catch((error: unknown) => {
      throw isSystemError(error) ? new Error(`Cannot write "${target}": ${error.message}`, { cause: error }) : error;
    });
    await exchange(temporary, target);
    return result;
  } finally {
    await rm(temporary, { recursive: true, force: true });
    filling.delete(temporary);
  }
}

/** The system's own words, such as "ENOSPC: no space left on device, write", name nothing. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** Brings back a folder whose replacement was killed between its two renames. Does nothing otherwise. */
export async function restoreFolder(target: string): Promise<void> {
  const old = `${target}.old`;
  if (!existsSync(target) && existsSync(old)) await rename(old, target);
}

async function exchange(finished: string, target: string): Promise<void> {
  const old = `${target}.old`;
  for (let attempt = 1; ; ++attempt) {
    try {
      await rm(old, { recursive: true, force: true });
      if (existsSync(target)) await rename(target, old);
      await rename(finished, target);
      break;
    } catch (cause) {
      // Another replacement came between: the later one wins.
      if (attempt < 10 && existsSync(finished) && isCollision(cause)) continue;
      await restoreFolder(target);
      throw new Error(`Cannot replace "${target}": ${messageOf(cause)}`, { cause });
    }
  }
  await rm(old, { recursive: true, force: true });
}

function isCollision(error: unknown): boolean {
  return ["ENOTEMPTY", "EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "");
}

async function sweep(target: string): Promise<void> {
  await restoreFolder(target);
  const prefix = `${basename(target)}.`;
  for (const name of await readdir(dirname(target))) {
    const owner = name.startsWith(prefix) ? /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(prefix.length)) : null;
    const path = join(dirname(target), name);
    if (!owner || filling.has(path)) continue;
    const alive = Number(owner[1]) !== processId && isProcessRunning(Number(owner[1]));
    if (!alive) await rm(path, { recursive: true, force: true });
  }
}
