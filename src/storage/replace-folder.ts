import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf } from "../errors.js";
import { withTemporaryFolder } from "./temporary-folder.js";

/**
 * Lets `fill` write into an empty folder beside `target`, which then takes the place of `target` as a whole: all of the
 * old content or all of the new is there. What a killed process left behind is swept first.
 *
 * @returns What `fill` returns.
 * @throws Whatever `fill` throws; the old folder then stays.
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
