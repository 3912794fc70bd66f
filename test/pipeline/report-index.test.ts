import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeManifest } from "../../src/pipeline/artifacts/manifest.js";
import { writeReportIndex } from "../../src/pipeline/index.js";
import { pageHtml } from "../../src/reports/render-html.js";
import { html } from "../../src/text/index.js";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "rekindle-index-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Writes a folder with its manifest: a page per title, and other files. */
async function writeFolder(path: string, files: Readonly<Record<string, string>>, asOf: string | null = "2025-12-31") {
  const folder = join(home, path);
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    const isPage = file.endsWith(".html");
    await writeFile(join(folder, file), isPage ? pageHtml({ title: content, body: html`<p>A page</p>` }) : content);
  }
  const facts = { dataset: "demo", dataset_sha256: "0", as_of: asOf, seed: 1, git_commit: null, versions: {} };
  await writeManifest(folder, { ...facts, mlflow_run_id: null, params: {} });
}

const places = () => ({
  ...{ workspace: { artifacts: join(home, "artifacts") }, dataset: "demo" },
  ...{ out: join(home, "artifacts", "demo"), reports: join(home, "reports") },
});

/** Links of the contents page, each as "heading | text | address". */
function links(reports = join(home, "reports")): string[] {
  let heading = "";
  return [
    ...readFileSync(join(reports, "index.html"), "utf8").matchAll(/<h2>([^<]+)<|<a href="([^"#]+)">([^<]+)<\/a>/g),
  ].flatMap(([, title, href, text]) => {
    if (title === undefined) return [`${heading} | ${text} | ${href}`];
    heading = title;
    return [];
  });
}

test("the contents page links reports, experiments and notebooks of all datasets", async () => {
  await writeFolder("reports/demo", {
    "data_quality.html": "Data quality · Demo",
    "data_quality.md": "# Data quality",
  });
  await writeFolder("artifacts/demo/experiments/at-risk/plan", { "plan.html": "Test plan: R&D · Demo", "plan.md": "" });
  await writeFolder("artifacts/demo/experiments/at risk 2/readout", { "readout.html": "Readout: at risk 2 · Demo" });
  await writeFolder("artifacts/demo/notebooks", { "03-segmentation.html": "03-segmentation" }, null);
  await writeFolder("artifacts/demo/segments", { "segment_summary.csv": "a,b" });
  await writeFolder("artifacts/cdnow/experiments/all/split", { "split.html": "Experiment: all · CDNOW" });
  await writeReportIndex(places());
  expect(links()).toEqual([
    "cdnow | Experiment: all | ../artifacts/cdnow/experiments/all/split/split.html",
    "demo | Data quality | demo/data_quality.html",
    "demo | Markdown | demo/data_quality.md",
    "demo | Readout: at risk 2 | ../artifacts/demo/experiments/at%20risk%202/readout/readout.html",
    "demo | Test plan: R&#38;D | ../artifacts/demo/experiments/at-risk/plan/plan.html",
    "demo | Markdown | ../artifacts/demo/experiments/at-risk/plan/plan.md",
    "demo | 03-segmentation | ../artifacts/demo/notebooks/03-segmentation.html",
  ]);
  const page = readFileSync(join(home, "reports", "index.html"), "utf8");
  expect(page).toContain("</a>, as of 31 Dec 2025");
  expect(page).not.toMatch(/as of (<|\(|$)/);
});

test("the contents page of an output folder of its own lists that folder alone, each page once", async () => {
  await writeFolder("artifacts/demo/experiments/at-risk/plan", { "plan.html": "Test plan: At Risk · Demo" });
  await writeFolder("own/experiments/champions/plan", { "plan.html": "Test plan: Champions · Demo" });
  await writeFolder("own/reports/demo", { "data_quality.html": "Data quality · Demo" });
  await writeReportIndex({ ...places(), out: join(home, "own"), reports: join(home, "own", "reports") });
  expect(links(join(home, "own", "reports"))).toEqual([
    "demo | Data quality | demo/data_quality.html",
    "demo | Test plan: Champions | ../experiments/champions/plan/plan.html",
  ]);
});

test("a page whose file is gone is not linked", async () => {
  await writeFolder("reports/demo", { "data_quality.html": "Data quality · Demo" });
  rmSync(join(home, "reports", "demo", "data_quality.html"));
  await writeReportIndex(places());
  expect(links()).toEqual([]);
});
