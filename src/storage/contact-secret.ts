import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Shorter keys can be found by trying, since the ids that they hide are known or few. */
const LEAST_CHARACTERS = 16;

/**
 * The key of contact keys: the given one, or one that is made once below the processed datasets, for its owner alone.
 *
 * @param given Of `REKINDLE_KEY`; undefined if it is not set.
 * @throws {RangeError} If the key has fewer than 16 characters, as an empty file has.
 */
export async function contactSecret(processedDatasets: string, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    requireLong(given, "Cannot use REKINDLE_KEY");
    return given;
  }
  const path = join(processedDatasets, ".contact-key");
  const found = await readKey(path);
  const key = found ?? (await makeKey(processedDatasets, path));
  requireLong(key, `Cannot use the contact key in "${path}"`);
  return key;
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    // Editors end files with a line break.
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Makes a key; of two processes that make one at once both get that of the first. */
async function makeKey(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeFile(temporary, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
    // A link appears with the whole key in it, and never replaces another.
    await link(temporary, path).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  return (await readKey(path)) ?? "";
}

function requireLong(key: string, action: string): void {
  if (key.trim().length >= LEAST_CHARACTERS) return;
  throw new RangeError(`${action}: it has ${key.trim().length} characters, at least ${LEAST_CHARACTERS} are needed`);
}
