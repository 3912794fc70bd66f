import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf } from "../errors.js";
import { withTemporaryFolder } from "./temporary-folder.js";

/**
 * Replaces a folder as a whole: `fill` writes into an empty temporary folder, which is then renamed to `target`. Removes
 * leftovers of killed processes first.
 *
 * @returns Result of `fill`.
 * @throws Error of `fill`; the old folder then stays.
 */
export async function replaceFolder<T>(target: string, fill: (temporaryFolder: string) => Promise<T>): Promise<T> {
  try {
    await mkdir(dirname(target), { recursive: true });
    await restoreFolder(target);
    return await withTemporaryFolder(target, async (temporary) => {
      const result = await fill(temporary);
      await exchange(temporary, target);
      return result;
    });
  } catch (error) {
    throw isSystemError(error) ? new Error(`Cannot write "${target}": ${error.message}`, { cause: error }) : error;
  }
}

/** Returns true for system errors such as "ENOSPC: no space left on device, write", which name no path. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** Restores a folder whose replacement was killed between its two renames. Otherwise has no effect. */
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
      // A concurrent replacement: the later one wins.
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
