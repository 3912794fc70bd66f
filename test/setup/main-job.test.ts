import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mainJobState, stampMainJob } from "../../src/setup/main-job.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

const done = {
  "dist/.stamp": "build",
  "src/index.ts": "",
  "datasets/raw/demo/.rekindle-stamp": "data",
  "notebooks/01-cleaning.ipynb": "{}",
  "artifacts/demo/features/manifest.json": JSON.stringify({ mlflow_run_id: "a", files: { "feature_store.csv": "1" } }),
  "reports/demo/manifest.json": JSON.stringify({ mlflow_run_id: "b", files: { "data_quality.md": "2" } }),
};

/** The stamp of a checkout that holds the files. */
function stampWith(files: Record<string, string>): string {
  const home = temporaryFolder();
  writeFiles(home, files);
  stampMainJob(placesAt(home));
  return readFileSync(join(home, "artifacts", "demo", ".rekindle-stamp"), "utf8");
}

test("the main job is missing before it ran, and stale without a build", () => {
  const home = temporaryFolder();
  expect(mainJobState(placesAt(home))).toBe("missing");
  writeFiles(home, done);
  stampMainJob(placesAt(home));
  expect(mainJobState(placesAt(home))).toBe("stale");
});

test("its stamp is the same for the same inputs and results, whatever the run", () => {
  const manifest = JSON.stringify({ mlflow_run_id: "c", files: { "feature_store.csv": "1" } });
  expect(stampWith({ ...done, "artifacts/demo/features/manifest.json": manifest })).toBe(stampWith(done));
});

test.each([
  ["the build", "dist/.stamp", "other"],
  ["the data", "datasets/raw/demo/.rekindle-stamp", "other"],
  ["a notebook", "notebooks/01-cleaning.ipynb", '{"cells": []}'],
  ["a result", "artifacts/demo/features/manifest.json", JSON.stringify({ files: { "feature_store.csv": "9" } })],
  ["a report", "reports/demo/manifest.json", JSON.stringify({ files: { "data_quality.md": "9" } })],
])("its stamp changes with %s", (_, path, text) => {
  expect(stampWith({ ...done, [path]: text })).not.toBe(stampWith(done));
});
