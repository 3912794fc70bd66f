import { createHash, randomUUID } from "node:crypto";
import { copyFile, link, mkdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { sha256OfFile, writeFileAtomically } from "../../storage/index.js";

/** Digest of a file's content. */
export interface ContentDigest {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Keeps the present content of a file in `folder`, under its sha256. It is a hard link, so it takes no room and
 * outlives a file that is replaced by renaming; where no link can be made it is a copy.
 */
export async function snapshotFile(folder: string, file: string): Promise<ContentDigest> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${randomUUID()}.tmp`);
  try {
    // A link to a symbolic link would follow where that leads later.
    await link(await realpath(file), temporary).catch(() => copyFile(file, temporary));
    const content = await digestOf(temporary);
    await rename(temporary, join(folder, content.sha256));
    return content;
  } finally {
    // Renaming one link of a file to another one does nothing, by POSIX.
    await rm(temporary, { force: true });
  }
}

/** Keeps content that is in no file yet in `folder`, under its sha256. */
export async function snapshotBytes(
  folder: string,
  content: Uint8Array | string,
): Promise<ContentDigest & { readonly file: string }> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = join(folder, sha256);
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(file, bytes);
  return { file, sha256, size: bytes.length };
}

/** Returns the digest of a file's present content. */
export async function digestOf(file: string): Promise<ContentDigest> {
  return { sha256: await sha256OfFile(file), size: (await stat(file)).size };
}

/**
 * Returns a file with the content that `file` had when it was logged: the snapshot in `folder`, or the file itself.
 *
 * @throws {Error} If both hold something else by now; a file that is gone is for its reader to report.
 */
export async function findSnapshot(
  folder: string,
  { file, sha256 }: { file: string; sha256?: string },
): Promise<string> {
  if (sha256 === undefined) return file;
  const kept = join(folder, sha256);
  if ((await sha256Of(kept)) === sha256) return kept;
  const now = await sha256Of(file);
  if (now === undefined || now === sha256) return file;
  throw new Error(
    `Cannot upload "${basename(file)}": "${file}" was changed after it was logged; expected sha256 ${sha256}`,
  );
}

function sha256Of(file: string): Promise<string | undefined> {
  return sha256OfFile(file).catch(() => undefined);
}
