import { join } from "node:path";
import { unzipEntry, type ZipEntry, zipEntries } from "./unzip.js";

/**
 * Extracts the only file of a zip archive that is no workbook.
 *
 * @returns The path of the extracted file; undefined for a workbook, or an archive that cannot be listed.
 * @throws {SyntaxError} If the archive holds no file or several.
 */
export async function zippedFile(path: string, folder: string): Promise<string | undefined> {
  const entries: readonly ZipEntry[] = await zipEntries(path).catch(() => []);
  if (!entries.length || entries.some(({ name }) => /^(\[Content_Types\]\.xml$|xl\/|mimetype$)/.test(name))) {
    return undefined;
  }
  const files = entries.filter(({ name }) => !name.endsWith("/") && !/(^|\/)(__MACOSX\/|\.)/.test(name));
  if (files.length !== 1) {
    const names = files.slice(0, 5).map(({ name }) => `"${name}"`);
    const found = files.length
      ? `${files.length} files (${names.join(", ")}${files.length > 5 ? ", …" : ""})`
      : "no file";
    throw new SyntaxError(
      `Cannot read "${path}": the zip archive holds ${found}; unpack it, and import the file or folder`,
    );
  }
  const target = join(folder, "unzipped");
  await unzipEntry(path, files[0], target);
  return target;
}
