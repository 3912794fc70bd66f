import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Minimum key length; shorter keys can be found by brute force, because ids are known or few. */
const LEAST_CHARACTERS = 16;

/**
 * Returns the secret for contact keys: the given one, or one generated once below the processed datasets and readable by
 * its owner only.
 *
 * @param given Value of `REKINDLE_KEY`; undefined if not set.
 * @throws {RangeError} If the secret has fewer than 16 characters, or others can read its file.
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
    await requirePrivate(path);
    // Editors add a final line break.
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Generates the secret; of two concurrent processes, both use that of the first. */
async function makeKey(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeFile(temporary, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
    // link() is atomic and never replaces an existing file.
    await link(temporary, path).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  return (await readKey(path)) ?? "";
}

/** Refuses a key that others can read, since it turns pseudonyms into customers. */
async function requirePrivate(path: string): Promise<void> {
  const { mode } = await stat(path);
  if (process.platform === "win32" || (mode & 0o077) === 0) return;
  throw new RangeError(
    `Cannot use the contact key in "${path}": others can read it (mode ${(mode & 0o777).toString(8)}); run chmod 600 "${path}"`,
  );
}

function requireLong(key: string, action: string): void {
  if (key.trim().length >= LEAST_CHARACTERS) return;
  throw new RangeError(`${action}: it has ${key.trim().length} characters; expected at least ${LEAST_CHARACTERS}`);
}
