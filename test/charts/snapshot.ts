import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/**
 * Compares a text with the file that holds what it was. A mismatch leaves the new text beside it in a
 * `-changed` file; a missing file is written, except where nobody would look at it.
 */
export function expectSnapshot(text: string, url: URL): void {
  const path = fileURLToPath(url);
  const changed = path.replace(new RegExp(`${extname(path)}$`), `-changed${extname(path)}`);
  const actual = cutFloats(text);
  if (!existsSync(path)) {
    expect(process.env["CI"], `the snapshot ${path} is missing`).toBeFalsy();
    writeFileSync(path, actual);
    return;
  }
  const isSame = readFileSync(path, "utf8") === actual;
  if (isSame) rmSync(changed, { force: true });
  else writeFileSync(changed, actual);
  expect(isSame, `differs from the snapshot: compare ${changed}`).toBe(true);
}

function cutFloats(text: string): string {
  return text.replace(/\d+\.\d{4,}/g, (number) => String(Number(Number(number).toFixed(3))));
}
