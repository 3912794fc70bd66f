import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/index.js";
import { createMlflowClient, type MlflowClient } from "../../src/tracking/index.js";
import { kernelEnvironment } from "../notebooks/kernel-driver.js";
import { createMlflowServer, type MlflowServer, START_MS } from "../tracking/mlflow-server.js";
import { type Answer, dataFiles, lastLine, makeHome, mustRun, readJson, rekindle } from "./rekindle.js";

let home: string;
let server: MlflowServer;
let client: MlflowClient;
let kept: Answer;
let queuedWhileAway: string[];

// The server starts while the first runs find none.
beforeAll(async () => {
  home = makeHome();
  server = await createMlflowServer();
  client = createMlflowClient({ trackingUri: server.url });
  const started = server.start();
  await mustRun(["data", "make", "demo", "--customers", "400", "--quiet"], { home });
  kept = await mustRun(["run", "--no-figures"], { home });
  queuedWhileAway = await readdir(join(home, "mlruns", "queue"));
  await started;
}, START_MS);
afterAll(async () => {
  await Promise.all([server?.remove(), rm(home, { recursive: true, force: true })]);
});

const queue = () => readdir(join(home, "mlruns", "queue"));
const withServer = () => ({ home, env: { MLFLOW_TRACKING_URI: server.url } });

async function runsOf(experiment: string) {
  const id = await client.experiments.getOrCreate(experiment);
  return client.runs.search([id]);
}

/** Paths of the text artifacts of a run, at every depth. */
async function textsSent(artifactUri: string, place = ""): Promise<string[]> {
  const found: string[] = [];
  for (const { path, isFolder } of await client.artifacts.list(artifactUri, place)) {
    if (isFolder) found.push(...(await textsSent(artifactUri, path)));
    else if (/\.(md|html|json|ipynb|csv|txt|ya?ml)$|MLmodel$/.test(path)) found.push(path);
  }
  return found;
}

test("without a server the results are there, the run waits in the queue, and one line says so", async () => {
  expect(kept.stdout).toContain("features: ");
  expect(kept.stderr.split("\n").filter((line) => line.includes("MLflow"))).toEqual([
    "MLflow is not running; the run is queued: npx rekindle mlflow starts it, npx rekindle mlflow sync sends the run",
  ]);
  expect(lastLine(kept.stderr)).toMatch(/^MLflow is not running/);
  expect(Object.keys(await dataFiles(join(home, "artifacts", "demo")))).toHaveLength(25);
  // The run and one for each of its four stages.
  expect(queuedWhileAway.filter((name) => name.endsWith(".jsonl"))).toHaveLength(5);
});

test("a server that is named but does not answer is the same, with its address", async () => {
  const env = { MLFLOW_TRACKING_URI: "http://127.0.0.1:9" };
  const other = makeHome();
  try {
    await mustRun(["data", "make", "demo", "--customers", "20", "--quiet"], { home: other });
    const { stderr } = await mustRun(["clean"], { home: other, env });
    const said = stderr.split("\n").filter((line) => line.includes("127.0.0.1:9"));
    expect(said).toHaveLength(1);
    const names = await readdir(join(other, "mlruns", "queue"));
    expect(names.filter((name) => name.endsWith(".jsonl"))).toHaveLength(1);
    const sync = await rekindle(["mlflow", "sync"], { home: other, env });
    expect(sync).toMatchObject({ code: 1, stdout: "" });
    expect(sync.stderr).toBe("Cannot sync: no MLflow server answers; start one with npx rekindle mlflow\n");
  } finally {
    await rm(other, { recursive: true, force: true });
  }
});

describe("rekindle mlflow sync", () => {
  test("sends what waited, once: params, metrics, tags, dataset and artifacts", async () => {
    const { stdout } = await mustRun(["mlflow", "sync", "--json"], withServer());
    const { runs: sent } = JSON.parse(stdout) as { runs: { runName: string; pending: number; problems: string[] }[] };
    expect(sent.map(({ runName }) => runName).sort()).toEqual(["clean", "features", "report", "run", "segment"]);
    expect(sent.flatMap(({ pending, problems }) => [pending, problems.length])).toEqual(new Array(10).fill(0));
    expect(await queue()).toEqual([]);

    const runs = await runsOf("rekindle/demo");
    const named = (name: string) => runs.filter((run) => run.runName === name);
    expect(runs).toHaveLength(5);
    const [features] = named("features");
    const [parent] = named("run");
    expect(runs.map(({ status }) => status)).toEqual(new Array(5).fill("FINISHED"));
    expect(features.tags["mlflow.parentRunId"]).toBe(parent.runId);
    expect(features.params).toMatchObject({ as_of: "2025-12-31", returns: "drop", label_horizons: "30,90" });
    const { sha256 } = readJson<{ sha256: string }>(home, "datasets", "raw", "demo", "provenance.json");
    for (const run of [features, parent]) {
      expect(run.tags).toMatchObject({
        dataset: "demo",
        dataset_sha256: sha256,
        as_of: "2025-12-31",
        seed: "7",
        engine: "duckdb",
      });
      expect(run.datasets).toMatchObject([{ name: "demo", digest: sha256.slice(0, 32) }]);
    }
    const customers =
      (await readFile(join(home, "artifacts/demo/features/feature_store.csv"), "utf8")).trimEnd().split("\n").length -
      1;
    expect(features.metrics["customers"]).toBe(customers);
    expect(parent.metrics["features/customers"]).toBe(customers);
    const files = (await client.artifacts.list(features.artifactUri)).map(({ path }) => path);
    // Everything else that the features write has a row per customer.
    expect(files.sort()).toEqual(["manifest.json"]);
    const [cleaning] = named("clean");
    expect(await client.artifacts.readText(cleaning.artifactUri, "ledger.csv")).toBe(
      await readFile(join(home, "artifacts/demo/cleaning/ledger.csv"), "utf8"),
    );
    const segmentFiles = (await client.artifacts.list(named("segment")[0].artifactUri)).map(({ path }) => path);
    expect(segmentFiles).toEqual(expect.arrayContaining(["segment_summary.csv", "migration.csv", "selection.csv"]));
    expect(segmentFiles).not.toEqual(expect.arrayContaining(["segment_assignments.parquet"]));

    // The segments are a model that Python loads; no name in the registry points at it.
    const [{ runId }] = named("segment");
    const { outputModelIds } = await client.runs.get(runId);
    expect(outputModelIds).toHaveLength(1);
    expect(await client.loggedModels.get(outputModelIds[0])).toMatchObject({
      ...{ name: "segmentation", status: "LOGGED_MODEL_READY", sourceRunId: runId },
    });
    expect(await client.registeredModels.search()).toEqual([]);

    const again = await mustRun(["mlflow", "sync"], withServer());
    expect(again.stdout).toBe(`0 runs, 0 entries sent to ${server.url}\n`);
    expect(await runsOf("rekindle/demo")).toHaveLength(5);
  });
});

test("with a server a stage is logged while it runs, and the manifest names its run", async () => {
  const { stderr } = await mustRun(["clean", "--force"], {
    ...withServer(),
    env: { ...withServer().env, MLFLOW_EXPERIMENT_NAME: "mine" },
  });
  expect(stderr).not.toContain("MLflow");
  expect(await queue()).toEqual([]);
  const [run] = await runsOf("mine");
  expect(run).toMatchObject({ runName: "clean", status: "FINISHED", params: { deduplicate: "false" } });
  expect(readJson(home, "artifacts", "demo", "cleaning", "manifest.json")["mlflow_run_id"]).toBe(run.runId);
});

test("a run that fails is FAILED in MLflow", async () => {
  const env = { ...withServer().env, MLFLOW_EXPERIMENT_NAME: "failing" };
  const args = ["segment", "--min-orders", "100000"];
  expect(await rekindle(args, { home, env })).toMatchObject({ code: 1, stdout: "" });
  expect(await runsOf("failing")).toMatchObject([{ runName: "segment", status: "FAILED" }]);
});

describe("the notebooks, headless", () => {
  let answer: Answer;
  const folder = () => join(home, "artifacts", "demo", "notebooks");

  beforeAll(async () => {
    await mkdir(join(home, "jupyter"));
    const { JUPYTER_PATH = "" } = await kernelEnvironment(join(home, "jupyter"));
    const env = { ...withServer().env, JUPYTER_PATH, MLFLOW_EXPERIMENT_NAME: "notebooks" };
    const run = ["notebooks", "--json", "--as-of", "2025-06-30", "--seed", "3"];
    answer = await mustRun([...run, "--wait", "60", "--statement-limit", "500"], { home, env });
  }, 300_000);

  const notebooks = ["00-start", "01-cleaning", "02-features", "03-segmentation"];

  test("are all run, and their files are named", async () => {
    const { dataset, notebooks: runs } = JSON.parse(answer.stdout) as {
      dataset: string;
      notebooks: { html: string }[];
    };
    expect(dataset).toBe("demo");
    expect(runs.map(({ html }) => html)).toEqual(notebooks.map((name) => join(folder(), `${name}.html`)));
    expect((await readdir(folder())).sort()).toEqual([
      ...notebooks.flatMap((name) => [`${name}.html`, `${name}.ipynb`]),
      "manifest.json",
    ]);
    expect(answer.stderr).toMatch(/01-cleaning\.ipynb: \d+ cells \(\d+\.\d s\)\n +02-features\.ipynb: \d+ cells \(/);
  });

  test.each([
    ["00-start", 1, 1],
    ["01-cleaning", 3, 5],
    ["02-features", 2, 5],
    ["03-segmentation", 10, 10],
  ])(
    "%s has no error, its charts as pictures, its tables as tables, and needs no network",
    async (name, charts, tables) => {
      const { cells } = readJson<{
        cells: { cell_type: string; source: string; outputs: { output_type: string; data?: object }[] }[];
      }>(folder(), `${name}.ipynb`);
      const outputs = cells.filter(({ cell_type }) => cell_type === "code").flatMap((cell) => cell.outputs);
      expect(outputs.filter(({ output_type }) => output_type === "error")).toEqual([]);
      const kinds = outputs.map(({ data = {} }) => Object.keys(data).sort().join(" "));
      expect(kinds.filter((kind) => /vega.*image\/svg\+xml/.test(kind)).length).toBe(charts);
      expect(cells.map(({ source }) => source).join("\n")).toContain('as_of = "2025-06-30"');
      const html = await readFile(join(folder(), `${name}.html`), "utf8");
      expect(html.match(/<figure[ >]/g) ?? []).toHaveLength(charts);
      expect(html.split("<table").length - 1).toBeGreaterThanOrEqual(tables);
      expect(html).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?\/\//);
    },
  );

  test("name no customer by id, nor do the reports", async () => {
    const engine = await openDuckDb();
    const path = join(home, "datasets", "processed", "demo", "customers.parquet");
    const rows = await engine.rows(`SELECT customer_id FROM read_parquet('${path}')`).finally(() => engine.close());
    const ids = new Set(rows.map((row) => String(row["customer_id"])));
    expect(ids.size).toBe(400);
    const below = async (place: string) => {
      const entries = await readdir(place, { withFileTypes: true, recursive: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    };
    const pages = [
      ...notebooks.flatMap((name) => [join(folder(), `${name}.html`), join(folder(), `${name}.ipynb`)]),
      ...(await below(join(home, "reports"))),
      join(home, "artifacts", "demo", "cleaning", "cleaning_report.json"),
      ...(await below(join(home, "artifacts", "demo", "segments"))).filter((file) => /\.(md|html|json)$/.test(file)),
    ].filter((file) => /\.(md|html|json|ipynb|csv|txt)$/.test(file));
    const texts = new Map<string, string>();
    for (const page of pages) texts.set(page, await readFile(page, "utf8"));
    for (const run of [...(await runsOf("rekindle/demo")), ...(await runsOf("notebooks"))]) {
      for (const file of await textsSent(run.artifactUri)) {
        texts.set(`${run.runName}: ${file}`, await client.artifacts.readText(run.artifactUri, file));
      }
    }
    expect([...texts.keys()]).toEqual(expect.arrayContaining(["clean: ledger.csv", "segment: segment_summary.csv"]));
    const idsIn = (text: string) => {
      const words = text.replace(/base64,[A-Za-z0-9+/=]+/g, "").match(/(?<![\w.])\d{7}(?![\w.])/g) ?? [];
      return words.filter((word) => ids.has(word));
    };
    // The scan finds ids where they are.
    const store = await readFile(join(home, "artifacts", "demo", "features", "feature_store.csv"), "utf8");
    expect(idsIn(store).length).toBeGreaterThan(0);
    for (const [name, text] of texts) expect(idsIn(text), name).toEqual([]);
  });

  test("write the same files as the command line", async () => {
    const out = join(home, "from-the-command-line");
    const stages = ["--stages", "clean,features,segment", "--as-of", "2025-06-30", "--seed", "3"];
    await mustRun(["run", ...stages, "--no-tracking", "--quiet", "--out", out], { home });
    for (const part of ["cleaning", "features", "segments"]) {
      // What earlier runs left is not part of it.
      const { "history/2025-12-31.parquet": _, ...files } = await dataFiles(join(home, "artifacts", "demo", part));
      expect(files).toEqual(await dataFiles(join(out, part)));
    }
  });

  test("are tracked, each with its stages nested in it", async () => {
    const runs = await runsOf("notebooks");
    expect(runs.map(({ runName, status }) => `${runName} ${status}`).sort()).toEqual([
      "00-start FINISHED",
      "01-cleaning FINISHED",
      "02-features FINISHED",
      "03-segmentation FINISHED",
      "clean FINISHED",
      "features FINISHED",
      "segment FINISHED",
    ]);
    const idOf = (name: string) => runs.find(({ runName }) => runName === name)?.runId;
    for (const [stage, notebook] of [
      ["clean", "01-cleaning"],
      ["features", "02-features"],
      ["segment", "03-segmentation"],
    ]) {
      const run = runs.find(({ runName }) => runName === stage);
      expect(run?.tags["mlflow.parentRunId"]).toBe(idOf(notebook));
      expect(run?.params).toMatchObject(stage === "features" ? { as_of: "2025-06-30" } : {});
    }
    expect(runs.find(({ runName }) => runName === "01-cleaning")?.tags).toMatchObject({
      "mlflow.source.type": "NOTEBOOK",
      "mlflow.source.name": "notebooks/01-cleaning.ipynb",
    });
  });
});
