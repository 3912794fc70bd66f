import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contactSecret } from "../../src/storage/contact-secret.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rekindle-key-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => join(folder, ".contact-key");

test("a contact key is generated once, readable by its owner only, without leftover files", async () => {
  const key = await contactSecret(folder, undefined);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(await contactSecret(folder, undefined)).toBe(key);
  expect(readFileSync(file(), "utf8")).toBe(key);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual([".contact-key"]);
});

test("those who make one at once all have the same", async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => contactSecret(folder, undefined)));
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toHaveLength(64);
  expect(readdirSync(folder)).toEqual([".contact-key"]);
});

test.each(["", "\n", "short\n"])("a file that holds %j is refused in a line that names it", async (text) => {
  writeFileSync(file(), text, { mode: 0o600 });
  await expect(contactSecret(folder, undefined)).rejects.toThrow(
    `Cannot use the contact key in "${file()}": it has ${text.trim().length} characters; expected at least 16`,
  );
  expect(readFileSync(file(), "utf8")).toBe(text);
});

test("a line break at the end of the file makes no other key", async () => {
  writeFileSync(file(), "a key written by hand\r\n", { mode: 0o600 });
  expect(await contactSecret(folder, undefined)).toBe("a key written by hand");
});

test("a given key is taken, unless it is short", async () => {
  expect(await contactSecret(folder, "a key that tests use")).toBe("a key that tests use");
  for (const short of ["", "another"]) {
    await expect(contactSecret(folder, short)).rejects.toThrow(
      `Cannot use REKINDLE_KEY: it has ${short.length} characters; expected at least 16`,
    );
  }
  expect(readdirSync(folder)).toEqual([]);
});

test.each([0o644, 0o640, 0o606])(
  "a file that others can read (%o) is refused with the command to run",
  async (mode) => {
    writeFileSync(file(), "a key written by hand");
    chmodSync(file(), mode);
    await expect(contactSecret(folder, undefined)).rejects.toThrow(
      `Cannot use the contact key in "${file()}": others can read it (mode ${mode.toString(8)}); run chmod 600 "${file()}"`,
    );
    chmodSync(file(), 0o600);
    expect(await contactSecret(folder, undefined)).toBe("a key written by hand");
  },
);
