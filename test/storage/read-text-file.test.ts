import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readTextFile } from "../../src/storage/index.js";

test("readTextFile: the text of a file, or an error that names its content and the path", async () => {
  const own = fileURLToPath(import.meta.url);
  expect(await readTextFile(own, "the test")).toContain("readTextFile: the text of a file");
  const missing = readTextFile(`${own}.missing`, "the strategies");
  await expect(missing).rejects.toThrow(/^Cannot read the strategies: ENOENT.*read-text-file\.test\.ts\.missing/);
});
