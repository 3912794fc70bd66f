import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { replaceFolder } from "../../storage/index.js";
import type { ModelPackage } from "../../tracking/index.js";

/** Writes the files of a package into a folder, in the place of what it held; {@link openModelPackage} reads them. */
export async function writeModelPackage(folder: string, { files }: ModelPackage): Promise<void> {
  await replaceFolder(folder, async (temporary) => {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(temporary, path)), { recursive: true });
      await writeFile(join(temporary, path), content);
    }
  });
}
