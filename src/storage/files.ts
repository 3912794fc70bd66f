import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf } from "../errors.js";

/**
 * Replaces a file atomically: `write` fills a temporary file, which is then renamed to `path`. A failed write leaves no
 * temporary file.
 */
export async function replaceFile(path: string, write: (temporaryPath: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporaryPath = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await write(temporaryPath);
    const handle = await open(temporaryPath, "r+");
    await handle.sync().finally(() => handle.close());
    await rename(temporaryPath, path);
  } catch (cause) {
    await rm(temporaryPath, { force: true });
    throw new Error(`Cannot write "${path}": ${messageOf(cause)}`, { cause });
  }
}

/** Writes text or bytes atomically, with {@link replaceFile}. */
export function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  return replaceFile(path, (temporaryPath) => writeFile(temporaryPath, content));
}

/**
 * Reads a text file that a user named.
 *
 * @param what Content of the file, for messages, such as "the strategies".
 * @throws {Error} If it cannot be read.
 */
export async function readTextFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new Error(`Cannot read ${what}: ${unreadable(path, cause)}`, { cause });
  }
}

function unreadable(path: string, cause: unknown): string {
  const { code } = cause as { readonly code?: string };
  if (code === "ENOENT" || code === "ENOTDIR") return `"${path}" does not exist; give the path of a file`;
  if (code === "EISDIR") return `"${path}" is a folder; give the path of a file`;
  if (code === "EACCES" || code === "EPERM") return `"${path}" is not readable by this user; change its permissions`;
  return `"${path}": ${messageOf(cause)}`;
}

/** Returns the sha256 of a file as 64 hex digits. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}
