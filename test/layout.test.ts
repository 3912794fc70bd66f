import { expect, test } from "vitest";
import { layoutViolations, silentFolders } from "./checks/layout-rules.js";
import { trackedFiles } from "./checks/tracked-files.js";

test("every tracked file has its place", () => {
  const paths = trackedFiles();
  expect(paths.length).toBeGreaterThan(50);
  expect(layoutViolations(paths)).toEqual([]);
});

test("the folders that commands fill say what will appear in them", () => {
  expect(silentFolders(trackedFiles())).toEqual([]);
  expect(silentFolders(["artifacts/README.md", "mlruns/README.md"])).toEqual(["reports", "datasets"]);
});

test.each([
  ["notes.txt", "notes.txt: notes.txt has no place at the top level"],
  ["scripts/run.sh", "scripts/run.sh: scripts has no place at the top level"],
  ["src/utils/helper.ts", "src/utils/helper.ts: src/utils is no module"],
  ["notebooks/scratch.ipynb", "notebooks/scratch.ipynb: is none of the numbered notebooks"],
  ["artifacts/demo/manifest.json", "artifacts/demo/manifest.json: is remade by a command, so it is not kept"],
])("a misplaced file is found: %s", (path, violation) => {
  expect(layoutViolations([path])).toEqual([violation]);
});

test.each(["README.md", "src/errors.ts", "src/engine/engine.ts", "notebooks/01-cleaning.ipynb", "reports/README.md"])(
  "a file in its place is not reported: %s",
  (path) => {
    expect(layoutViolations([path])).toEqual([]);
  },
);
