import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceFolder, restoreFolder } from "../../src/storage/replace-folder.js";

describe("replaceFolder", () => {
  let parent = "";
  const target = () => join(parent, "data");
  const write = (text: string) => replaceFolder(target(), async (folder) => writeFileSync(join(folder, "a.txt"), text));
  const read = () => readFileSync(join(target(), "a.txt"), "utf8");
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "rekindle-folder-"));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it("makes the folder, and its parents, if there are none", async () => {
    const deep = join(parent, "x", "y");
    expect(await replaceFolder(deep, async () => 5)).toBe(5);
    expect(readdirSync(deep)).toEqual([]);
  });

  it("puts the new content in the place of all of the old", async () => {
    await write("old");
    writeFileSync(join(target(), "b.txt"), "left over");
    await write("new");
    expect(read()).toBe("new");
    expect(readdirSync(target())).toEqual(["a.txt"]);
    expect(readdirSync(parent)).toEqual(["data"]);
  });

  it("keeps the old content and leaves nothing behind if filling fails", async () => {
    await write("old");
    const failing = replaceFolder(target(), async (folder) => {
      writeFileSync(join(folder, "a.txt"), "half");
      throw new RangeError("no more");
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(read()).toBe("old");
    expect(readdirSync(parent)).toEqual(["data"]);
  });

  it("sweeps what a process left that runs no more, and only that", async () => {
    // Process numbers end at 4,194,304; process 1 always runs.
    for (const name of [
      "data.9999999-0123abcd.tmp",
      "data.1-0123abcd.tmp",
      "database.9999999-0123abcd.tmp",
      "data.notes",
    ]) {
      mkdirSync(join(parent, name));
    }
    await write("new");
    expect(readdirSync(parent).sort()).toEqual([
      "data",
      "data.1-0123abcd.tmp",
      "data.notes",
      "database.9999999-0123abcd.tmp",
    ]);
  });

  it("does not sweep what the same process is filling at the same time", async () => {
    await Promise.all([write("one"), write("two"), write("three")]);
    expect(["one", "two", "three"]).toContain(read());
    expect(readdirSync(parent)).toEqual(["data"]);
  });
});

describe("restoreFolder", () => {
  it("brings back what stood aside for a replacement that never came, and else does nothing", async () => {
    const parent = mkdtempSync(join(tmpdir(), "rekindle-folder-"));
    const target = join(parent, "data");
    await restoreFolder(target);
    expect(existsSync(target)).toBe(false);
    mkdirSync(`${target}.old`);
    await restoreFolder(target);
    expect(readdirSync(parent)).toEqual(["data"]);
    mkdirSync(`${target}.old`);
    await restoreFolder(target);
    expect(readdirSync(parent)).toEqual(["data", "data.old"]);
    rmSync(parent, { recursive: true });
  });
});
