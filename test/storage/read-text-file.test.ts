import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readTextFile } from "../../src/storage/index.js";

test("readTextFile: the text of a file, or an error that names its content and the path", async () => {
  const own = fileURLToPath(import.meta.url);
  expect(await readTextFile(own, "the test")).toContain("readTextFile: the text of a file");
  const missing = readTextFile(`${own}.missing`, "the strategies");
  await expect(missing).rejects.toThrow(
    `Cannot read the strategies: "${own}.missing" does not exist; give the path of a file`,
  );
  await expect(readTextFile(`${own}/a.json`, "the strategies")).rejects.toThrow(`"${own}/a.json" does not exist;`);
});

test("readTextFile: a folder is refused in plain words", async () => {
  const folder = dirname(fileURLToPath(import.meta.url));
  await expect(readTextFile(folder, "the results")).rejects.toThrow(
    `Cannot read the results: "${folder}" is a folder; give the path of a file`,
  );
});
