import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const ATTEMPTS = 10;

/**
 * Reads files of a folder that other processes replace as a whole, as `replaceFolder` does. `read` runs again where the
 * folder was replaced meanwhile, so what it returns comes from one state of the folder.
 *
 * @throws Error of `read`, if the folder stayed as it was.
 */
export async function readWhole<T>(folder: string, read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; ++attempt) {
    const before = await identityOf(folder);
    let result: { readonly value: T } | { readonly error: unknown };
    try {
      result = { value: await read() };
    } catch (error) {
      result = { error };
    }
    // Between the two renames of a replacement there is only the old folder.
    const isReplacing = before === undefined && existsSync(`${folder}.old`);
    const isSame = !isReplacing && (await identityOf(folder)) === before;
    if (isSame || attempt === ATTEMPTS) {
      if ("value" in result) return result.value;
      throw result.error;
    }
    await sleep(5 * attempt);
  }
}

async function identityOf(folder: string): Promise<string | undefined> {
  try {
    const { dev, ino, ctimeMs } = await stat(folder);
    return [dev, ino, ctimeMs].join();
  } catch {
    return undefined;
  }
}
