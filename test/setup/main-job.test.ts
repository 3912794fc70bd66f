import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mainJobState, runMainJob, stampMainJob } from "../../src/setup/install/main-job.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { createProgress } from "../../src/setup/progress.mjs";
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

/** Does a main job that takes longer than the live lines of a terminal wait, and gives all that was written to it. */
async function runOnTerminal(ending: number) {
  const home = temporaryFolder();
  writeFiles(home, { ...done, "dist/cli/bin.js": `setTimeout(() => process.exit(${ending}), 600);` });
  let written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  const progress = createProgress({ stream: { columns: 80, write } as NodeJS.WriteStream, live: true, now: () => 0 });
  const { signal } = new AbortController();
  const code = await runMainJob(placesAt(home), { progress, signal, trackingUri: undefined, upToDate: false });
  return { code, written, state: mainJobState(placesAt(home)) };
}

test("nothing is drawn over what the main job prints on a terminal", async () => {
  const { code, written, state } = await runOnTerminal(0);
  expect(written).toBe("… main job\n  rekindle run --dataset demo --notebooks\n✓ main job          0.0 s  done\n");
  expect([code, state]).toEqual([0, "stale"]);
});

test("a main job that fails hands on its exit code and is not stamped", async () => {
  const { code, written, state } = await runOnTerminal(3);
  expect(written).toContain("main job          0.0 s  failed with exit code 3\n");
  expect([code, state]).toEqual([3, "missing"]);
});
