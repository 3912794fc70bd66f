import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeManifest } from "../../src/pipeline/artifacts/manifest.js";

const facts = {
  dataset: "demo",
  dataset_sha256: "ab",
  as_of: "2025-12-31",
  seed: 7,
  git_commit: null,
  versions: { rekindle: "0.1.0" },
  mlflow_run_id: null,
  params: { returns: "net" },
};

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rekindle-manifest-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

test("an empty folder has a manifest without files", async () => {
  const folder = await folderWith({});
  expect(await writeManifest(folder, facts)).toEqual({ ...facts, files: {} });
});

test("every file below the folder is listed by path with its sha256, the manifest itself is not", async () => {
  const folder = await folderWith({ "b.csv": "b", "figures/a.png": "a", "manifest.json": "an older one" });
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const manifest = await writeManifest(folder, facts);
  expect(manifest.files).toEqual({ "b.csv": sha256("b"), "figures/a.png": sha256("a") });
  expect(Object.keys(manifest.files)).toEqual(["b.csv", "figures/a.png"]);
  expect(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"))).toEqual(manifest);
});
