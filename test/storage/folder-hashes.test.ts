import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { folderHashes, matchesHashes } from "../../src/storage/index.js";

test("matchesHashes: a folder is whole with every file as it was, and by an empty list only if it is empty", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rekindle-hashes-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const matches = (hashes: Record<string, string>) => matchesHashes(folder, hashes, "manifest.json");
  expect(await matches({})).toBe(true);
  await writeFile(join(folder, "a.csv"), "1");
  await writeFile(join(folder, "manifest.json"), "{}");
  const hashes = await folderHashes(folder, "manifest.json");
  expect(Object.keys(hashes)).toEqual(["a.csv"]);
  expect(await matches(hashes)).toBe(true);
  expect(await matches({})).toBe(false);
  await writeFile(join(folder, "a.csv"), "2");
  expect(await matches(hashes)).toBe(false);
});
