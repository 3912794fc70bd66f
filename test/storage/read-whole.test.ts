import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { readWhole, replaceFolder } from "../../src/storage/index.js";

const root = mkdtempSync(join(tmpdir(), "rekindle-whole-"));
afterAll(() => rmSync(root, { recursive: true }));
const fill = (folder: string, text: string) => {
  for (const name of ["a", "b"]) writeFileSync(join(folder, name), text);
};

test("readWhole: two files come from one state of a folder that is replaced all the time", async () => {
  const folder = join(root, "busy");
  await replaceFolder(folder, async (temporary) => fill(temporary, "0"));
  let done = false;
  const replacing = (async () => {
    for (let i = 1; i <= 60; ++i) {
      await replaceFolder(folder, async (temporary) => fill(temporary, String(i)));
      await sleep(20);
    }
    done = true;
  })();
  const seen = new Set<string>();
  while (!done) {
    const [a, b] = await readWhole(folder, async () => {
      const first = await readFile(join(folder, "a"), "utf8");
      await sleep(1);
      return [first, await readFile(join(folder, "b"), "utf8")];
    });
    expect(a).toBe(b);
    seen.add(String(a));
  }
  await replacing;
  expect(seen.size).toBeGreaterThan(3);
});

test("readWhole: a folder that is replaced while it is read is read again", async () => {
  const folder = join(root, "once");
  mkdirSync(folder);
  fill(folder, "old");
  let reads = 0;
  const read = async () => {
    const a = readFileSync(join(folder, "a"), "utf8");
    if (++reads === 1) await replaceFolder(folder, async (temporary) => fill(temporary, "new"));
    return [a, readFileSync(join(folder, "b"), "utf8")];
  };
  expect(await readWhole(folder, read)).toEqual(["new", "new"]);
});

test("readWhole: between the two renames of a replacement it waits for the second", async () => {
  const folder = join(root, "between");
  mkdirSync(`${folder}.old`);
  mkdirSync(`${folder}.new`);
  fill(`${folder}.new`, "new");
  setTimeout(() => renameSync(`${folder}.new`, folder), 15);
  expect(await readWhole(folder, () => readFile(join(folder, "a"), "utf8"))).toBe("new");
});

test("readWhole: what cannot be read in a folder that stays is an error at once", async () => {
  let reads = 0;
  const read = () => {
    ++reads;
    return readFile(join(root, "nowhere", "a"), "utf8");
  };
  await expect(readWhole(join(root, "nowhere"), read)).rejects.toThrow("ENOENT");
  expect([reads, existsSync(join(root, "nowhere"))]).toEqual([1, false]);
});
