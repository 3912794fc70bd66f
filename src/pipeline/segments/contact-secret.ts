import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The key of contact keys: the given one, or one that is made once below the processed datasets, for its owner alone. */
export async function contactSecret(processedDatasets: string, given: string | undefined): Promise<string> {
  if (given) return given;
  const path = join(processedDatasets, ".contact-key");
  await mkdir(processedDatasets, { recursive: true });
  // Of two processes that make one at once the first wins.
  await writeFile(path, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" }).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
  return readFile(path, "utf8");
}
