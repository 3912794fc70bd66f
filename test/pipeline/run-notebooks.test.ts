import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseNotebooks } from "../../src/pipeline/run-notebooks.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rekindle-notebooks-"));
  for (const name of ["02-features.ipynb", "01-cleaning.ipynb", "scratch.ipynb", "03-notes.md", ".ipynb_checkpoints"]) {
    writeFileSync(join(folder, name), "");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

test("without numbers all numbered notebooks run, in their order", () => {
  expect(chooseNotebooks(folder, [])).toEqual(["01-cleaning.ipynb", "02-features.ipynb"]);
});

test("numbers choose, each once and in the order of the notebooks", () => {
  expect(chooseNotebooks(folder, ["02", "01", "02"])).toEqual(["01-cleaning.ipynb", "02-features.ipynb"]);
  expect(chooseNotebooks(folder, ["02"])).toEqual(["02-features.ipynb"]);
});

test.each(["03", "1", "", "0"])("%j is the number of none, and those that there are get named", (number) => {
  expect(() => chooseNotebooks(folder, ["01", number])).toThrow(
    new RangeError(`Cannot run notebook "${number}": there are 01, 02`),
  );
});
