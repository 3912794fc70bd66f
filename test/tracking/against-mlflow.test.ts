import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../src/numeric/random.js";
import * as tracking from "../../src/tracking/index.js";
import {
  createMlflowClient,
  type MlflowClient,
  openTracker,
  RUN_KEY_TAG,
  readQueue,
  syncQueue,
  withChildRun,
  withRun,
} from "../../src/tracking/index.js";
import { createMlflowServer, type MlflowServer, START_MS } from "./mlflow-server.js";

const admin = { username: "admin", password: "a long enough p4ssword" };
const auth = { kind: "basic", ...admin } as const;
let server: MlflowServer;
let client: MlflowClient;
let folder: string;
const notices: string[] = [];

// One server for the whole file, for a start takes 10 to 30 s: first it asks for a password, then, in the last test, it
// is killed and started again without one.
beforeAll(async () => {
  server = await createMlflowServer();
  folder = await mkdtemp(join(tmpdir(), "rekindle-tracking-"));
  client = createMlflowClient({ trackingUri: server.url, auth, warn: (message) => notices.push(message) });
  await server.start({ admin });
}, START_MS);

afterAll(async () => {
  await Promise.all([server?.remove(), rm(folder, { recursive: true, force: true })]);
});

function addressWithCredentials(): string {
  const address = new URL(server.url);
  address.username = admin.username;
  address.password = admin.password;
  return address.href;
}

const newRun = async (runName: string, experiment = "rekindle/test") =>
  client.runs.create({
    experimentId: await client.experiments.getOrCreate(experiment),
    runName,
    startTime: Date.now(),
  });

describe("experiments", () => {
  test("are created once by name, tagged, renamed, deleted and restored", async () => {
    const id = await client.experiments.getOrCreate("rekindle/démo, first", { tags: { dataset: "demo" } });
    expect(await client.experiments.getOrCreate("rekindle/démo, first")).toBe(id);
    await client.experiments.setTag(id, "owner", "marketing");
    await client.experiments.deleteTag(id, "dataset");
    await client.experiments.rename(id, "rekindle/démo");
    const experiment = await client.experiments.get(id);
    expect(experiment).toMatchObject({ name: "rekindle/démo", tags: { owner: "marketing" }, lifecycleStage: "active" });
    expect(experiment.tags).not.toHaveProperty("dataset");
    expect((await client.experiments.search({ filter: "name LIKE 'rekindle/d%'" })).map((one) => one.name)).toEqual([
      "rekindle/démo",
    ]);

    await client.experiments.delete(id);
    await expect(client.experiments.getOrCreate("rekindle/démo")).rejects.toThrow(
      'Cannot use experiment "rekindle/démo": it is deleted',
    );
    expect((await client.experiments.search({ view: "DELETED_ONLY" })).map((one) => one.name)).toEqual([
      "rekindle/démo",
    ]);
    await client.experiments.restore(id);
    expect(await client.experiments.getOrCreate("rekindle/démo")).toBe(id);
  });

  test("made twice by many at once are one", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => client.experiments.getOrCreate("rekindle/race")));
    expect(new Set(ids).size).toBe(1);
  });

  test("of a taken name are refused with MLflow's code", async () => {
    await client.experiments.getOrCreate("rekindle/taken");
    await expect(client.experiments.create("rekindle/taken")).rejects.toMatchObject({
      name: "TrackingError",
      kind: "rejected",
      status: 400,
      code: "RESOURCE_ALREADY_EXISTS",
      endpoint: "POST experiments/create",
      message: expect.stringMatching(
        /^Cannot create experiment "rekindle\/taken": POST experiments\/create answered 400 RES/,
      ),
    });
  });
});

describe("runs", () => {
  test("start, nest, are found, end, and can be deleted and restored", async () => {
    const parent = await newRun("parent");
    const { experimentId } = parent;
    const child = await client.runs.create({
      experimentId,
      runName: "child",
      startTime: 1_700_000_000_123,
      parentRunId: parent.runId,
      tags: { stage: "features" },
    });
    await client.runs.update(child.runId, { status: "FAILED", endTime: 1_700_000_001_000, runName: "renamed" });
    expect(await client.runs.get(child.runId)).toMatchObject({
      status: "FAILED",
      runName: "renamed",
      startTime: 1_700_000_000_123,
      endTime: 1_700_000_001_000,
      tags: { stage: "features", "mlflow.parentRunId": parent.runId, "mlflow.runName": "renamed" },
    });
    const filter = `tags.\`mlflow.parentRunId\` = '${parent.runId}'`;
    const ids = async () => (await client.runs.search([experimentId], { filter })).map((run) => run.runId);
    expect(await ids()).toEqual([child.runId]);
    await client.runs.delete(child.runId);
    expect(await ids()).toEqual([]);
    expect((await client.runs.get(child.runId)).lifecycleStage).toBe("deleted");
    await client.runs.restore(child.runId);
    expect(await ids()).toEqual([child.runId]);
  });

  test("are found page by page up to the number asked for", async () => {
    const experimentId = await client.experiments.getOrCreate("rekindle/pages");
    for (const runName of ["a", "b", "c"]) await client.runs.create({ experimentId, runName, startTime: 1 });
    const found = await client.runs.search([experimentId], { orderBy: ["attributes.run_name ASC"], maxResults: 2 });
    expect(found.map((run) => run.runName)).toEqual(["a", "b"]);
  });

  test("keep NaN, infinities, tiny numbers and large steps", async () => {
    const { runId } = await newRun("numbers");
    const values = {
      nan: Number.NaN,
      up: Number.POSITIVE_INFINITY,
      down: Number.NEGATIVE_INFINITY,
      tiny: 1e-320,
      pi: Math.PI,
    };
    const metrics = Object.entries(values).map(([key, value]) => ({
      key,
      value,
      timestamp: 1_800_000_000_000,
      step: 2 ** 40,
    }));
    await client.runs.logBatch(runId, { metrics });
    expect((await client.runs.get(runId)).metrics).toEqual(values);
    for (const [key, value] of Object.entries(values)) {
      expect(await client.runs.metricHistory(runId, key)).toEqual([
        { value, timestamp: 1_800_000_000_000, step: 2 ** 40 },
      ]);
    }
    expect(await client.runs.metricHistory(runId, "absent")).toEqual([]);
  });

  test("take any number of metrics, params and tags, cut into batches", async () => {
    const { runId } = await newRun("many");
    const text = (length: number) => "ü".repeat(length);
    await client.runs.logBatch(runId, {
      metrics: Array.from({ length: 2500 }, (_, step) => ({
        key: "loss",
        value: 1 / (step + 1),
        timestamp: 1000,
        step,
      })),
      params: Object.fromEntries(Array.from({ length: 230 }, (_, i) => [`param ${i}`, text(5900)])),
      tags: Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`tag/${i}`, text(7000)])),
    });
    const run = await client.runs.get(runId);
    expect(Object.keys(run.params).length).toBe(230);
    expect(run.params["param 229"]).toBe(text(5900));
    expect(Object.keys(run.tags).filter((key) => key.startsWith("tag/")).length).toBe(130);
    const history = await client.runs.metricHistory(runId, "loss");
    expect(history.length).toBe(2500);
    expect(history.map((point) => point.step).sort((a, b) => a - b)).toEqual(Array.from({ length: 2500 }, (_, i) => i));
  });

  test("cut values that are too long, and say so", async () => {
    const { runId } = await newRun("long");
    notices.length = 0;
    await client.runs.logBatch(runId, {
      params: { long: "😀".repeat(6001) },
      tags: { long: "y".repeat(8001), short: "z" },
    });
    const run = await client.runs.get(runId);
    expect(run.params["long"]).toBe("😀".repeat(6000));
    expect(run.tags).toMatchObject({ long: "y".repeat(8000), short: "z" });
    expect(notices).toEqual([
      'The param "long" was cut from 6001 to 6000 characters, the limit of MLflow',
      'The tag "long" was cut from 8001 to 8000 characters, the limit of MLflow',
    ]);
  });

  test("take the same param again and refuse another value", async () => {
    const { runId } = await newRun("params");
    await client.runs.logParam(runId, "depth", "3");
    await client.runs.logParam(runId, "depth", "3");
    await expect(client.runs.logParam(runId, "depth", "5")).rejects.toThrow(
      "Cannot change a param: \"depth\" is '3' and would become '5'; use a nested run for other values",
    );
    expect((await client.runs.get(runId)).params).toEqual({ depth: "3" });
  });

  test("collapse points of a metric that are sent twice", async () => {
    const { runId } = await newRun("twice");
    const metrics = [0, 1, 2].map((step) => ({ key: "auc", value: 0.5 + step / 10, timestamp: 5, step }));
    await client.runs.logBatch(runId, { metrics });
    await client.runs.logBatch(runId, { metrics: [...metrics, ...metrics] });
    expect((await client.runs.metricHistory(runId, "auc")).length).toBe(3);
  });

  test("name the datasets they read and the tags they lose", async () => {
    const { runId } = await newRun("inputs");
    const dataset = {
      name: "demo",
      digest: "0".repeat(32),
      sourceType: "local",
      source: "{}",
      tags: { "mlflow.data.context": "training" },
    };
    await client.runs.logInputs(runId, { datasets: [dataset] });
    await client.runs.logInputs(runId, { datasets: [dataset] });
    await client.runs.setTag(runId, "gone", "soon");
    await client.runs.deleteTag(runId, "gone");
    const run = await client.runs.get(runId);
    expect(run.datasets).toEqual([dataset]);
    expect(run.tags).not.toHaveProperty("gone");
  });
});

describe("artifacts", () => {
  test("go up, are listed and come down unchanged, streamed, with odd names and no bytes", async () => {
    const { artifactUri } = await newRun("files");
    const source = join(folder, "up");
    await mkdir(join(source, "größe & co", "deep"), { recursive: true });
    const files = {
      "größe & co/deep/50 percent?.csv": "a;b\n1;2\n",
      "größe & co/empty.txt": "",
      "top+level=1.md": "# é",
    };
    for (const [path, text] of Object.entries(files)) await writeFile(join(source, path), text);
    await writeFile(join(source, "big.bin"), randomBytes(9_000_000));
    const uploaded = await client.artifacts.uploadFolder(artifactUri, source, "tables");
    expect(uploaded).toEqual(["tables/big.bin", ...Object.keys(files).map((path) => `tables/${path}`)]);

    expect(await client.artifacts.list(artifactUri)).toEqual([{ path: "tables", isFolder: true, size: undefined }]);
    expect(await client.artifacts.list(artifactUri, "tables/größe & co")).toEqual([
      { path: "tables/größe & co/deep", isFolder: true, size: undefined },
      { path: "tables/größe & co/empty.txt", isFolder: false, size: 0 },
    ]);
    expect(await client.artifacts.list(artifactUri, "no such folder")).toEqual([]);

    const target = join(folder, "down");
    expect(await client.artifacts.downloadFolder(artifactUri, "tables", target)).toEqual(uploaded);
    for (const [path, text] of Object.entries(files)) expect(await readFile(join(target, path), "utf8")).toBe(text);
    const hash = async (path: string) =>
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
    expect(await hash(join(target, "big.bin"))).toBe(await hash(join(source, "big.bin")));

    await client.artifacts.uploadText(artifactUri, "second", "tables/big.bin");
    expect(await client.artifacts.readText(artifactUri, "tables/big.bin")).toBe("second");
    await client.artifacts.delete(artifactUri, "tables/big.bin");
    await expect(
      client.artifacts.downloadFile(artifactUri, "tables/big.bin", join(target, "big.bin")),
    ).rejects.toMatchObject({
      name: "TrackingError",
      status: 404,
    });
    expect((await readdir(target)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("with paths that the server would refuse or misread are refused before they are sent", async () => {
    const { artifactUri } = await newRun("paths");
    for (const path of ["../up.txt", "/root.txt", "a//b", "50%.txt", "a#b", "a\\b", "."]) {
      await expect(client.artifacts.uploadText(artifactUri, "x", path)).rejects.toThrow(
        `Cannot use "${path}" as an artifact`,
      );
    }
  });
});

describe("models", () => {
  test("are logged, finalized, registered, and reached by alias", async () => {
    const run = await newRun("training");
    const model = await client.loggedModels.create({
      experimentId: run.experimentId,
      name: "churn",
      sourceRunId: run.runId,
      params: { depth: "3" },
      tags: { kind: "xgboost" },
    });
    expect(model.status).toBe("LOGGED_MODEL_PENDING");
    await client.artifacts.uploadText(model.artifactUri, "{}", "model.json");
    expect((await client.loggedModels.finalize(model.modelId)).status).toBe("LOGGED_MODEL_READY");
    await client.runs.logOutputs(run.runId, [{ modelId: model.modelId }]);
    expect((await client.runs.get(run.runId)).outputModelIds).toEqual([model.modelId]);
    await client.loggedModels.setTags(model.modelId, { reviewed: "yes", draft: "yes" });
    await client.loggedModels.deleteTag(model.modelId, "draft");
    await client.loggedModels.logParams(model.modelId, { eta: "0.1" });
    const logged = await client.loggedModels.get(model.modelId);
    expect(logged).toMatchObject({
      status: "LOGGED_MODEL_READY",
      params: { depth: "3", eta: "0.1" },
      sourceRunId: run.runId,
    });
    expect(logged.tags).toMatchObject({ kind: "xgboost", reviewed: "yes" });
    expect(logged.tags).not.toHaveProperty("draft");

    const name = "rekindle churn";
    await client.registeredModels.ensure(name);
    await client.registeredModels.ensure(name);
    const source = { source: model.artifactUri, runId: run.runId, modelId: model.modelId };
    const first = await client.registeredModels.createVersion(name, source);
    const second = await client.registeredModels.createVersion(name, { ...source, tags: { as_of: "2011-12-09" } });
    expect([first.version, second.version]).toEqual(["1", "2"]);
    expect(second).toMatchObject({
      status: "READY",
      source: model.artifactUri,
      runId: run.runId,
      tags: { as_of: "2011-12-09" },
    });

    expect(
      JSON.parse((await client.loggedModels.get(model.modelId)).tags["mlflow.modelVersions"] ?? "[]"),
    ).toMatchObject([
      { name, version: 1 },
      { name, version: 2 },
    ]);

    expect(await client.registeredModels.getVersionByAlias(name, "champion")).toBeUndefined();
    expect(await client.registeredModels.getVersionByAlias("no such model", "champion")).toBeUndefined();
    await client.registeredModels.setAlias(name, "champion", "1");
    await client.registeredModels.setAlias(name, "champion", "2");
    expect((await client.registeredModels.getVersionByAlias(name, "champion"))?.version).toBe("2");
    expect((await client.registeredModels.get(name)).aliases).toEqual({ champion: "2" });
    await client.registeredModels.deleteAlias(name, "champion");
    expect((await client.registeredModels.get(name)).aliases).toEqual({});

    await client.registeredModels.describe(name, "who leaves");
    await client.registeredModels.setTag(name, "team", "crm");
    await client.registeredModels.setVersionTag(name, "1", "passed", "no");
    await client.registeredModels.deleteVersionTag(name, "2", "as_of");
    await client.registeredModels.describeVersion(name, "1", "first try");
    expect(await client.registeredModels.getVersion(name, "1")).toMatchObject({
      description: "first try",
      tags: { passed: "no" },
    });
    await client.registeredModels.deleteVersion(name, "1");
    const left = await client.registeredModels.searchVersions({ filter: `name = '${name}'` });
    expect(left.map((version) => version.version)).toEqual(["2"]);
    await client.registeredModels.rename(name, "rekindle.churn");
    expect(
      (await client.registeredModels.search({ filter: "name LIKE 'rekindle%'" })).map((one) => one.description),
    ).toEqual(["who leaves"]);
    await client.registeredModels.delete("rekindle.churn");
    await expect(client.registeredModels.get("rekindle.churn")).rejects.toMatchObject({
      code: "RESOURCE_DOES_NOT_EXIST",
    });
    expect((await client.loggedModels.search([run.experimentId])).map((one) => one.modelId)).toContain(model.modelId);
    await client.loggedModels.delete(model.modelId);
    await expect(client.loggedModels.get(model.modelId)).rejects.toMatchObject({ status: 404 });
  });
});

describe("basic auth", () => {
  test("lets a known user in, by options or by the address, and nobody else", async () => {
    const withOptions = createMlflowClient({ trackingUri: server.url, auth });
    const withAddress = createMlflowClient({ trackingUri: addressWithCredentials() });
    const id = await withOptions.experiments.getOrCreate("rekindle/private");
    expect((await withAddress.experiments.get(id)).name).toBe("rekindle/private");
    expect(withAddress.trackingUri).toBe(server.url);
    for (const wrong of [undefined, { ...auth, password: "wrong" }]) {
      const stranger = createMlflowClient({ trackingUri: server.url, auth: wrong });
      await expect(stranger.experiments.get(id)).rejects.toMatchObject({
        status: 401,
        kind: "rejected",
        message: `Cannot read experiment ${id}: GET experiments/get answered 401; use valid credentials: a user name and password, or a token`,
      });
    }
  });

  test("that fails stops a run before it begins, and leaves no journal", async () => {
    const queueFolder = join(folder, "stranger");
    const stranger = createMlflowClient({ trackingUri: server.url });
    const tracker = openTracker({ client: stranger, queueFolder, now: Date.now, warn: () => {} });
    await expect(tracker.startRun("rekindle/private", "r")).rejects.toMatchObject({ status: 401 });
    expect(await readQueue(queueFolder)).toEqual([]);
  });
});

describe("a tracked run", () => {
  test("arrives whole: tags, params, metrics, dataset, artifacts, nested run, status", async () => {
    const queueFolder = join(folder, "whole");
    const warned: string[] = [];
    const tracker = openTracker({
      client,
      queueFolder,
      now: Date.now,
      warn: (message) => warned.push(message),
      context: { user: "ada", sourceName: "rekindle run", sourceType: "LOCAL", gitCommit: "abc123" },
    });
    const file = join(folder, "metrics.json");
    await writeFile(file, "{}");
    const sha = createHash("sha256").update("demo").digest("hex");
    const seen = await withRun(
      tracker,
      "rekindle/demo",
      "run",
      async (run) => {
        await run.logParams({ as_of: "2011-12-09", seed: 7, tracking: true });
        await run.logParams({ seed: 7 });
        await expect(run.logParams({ seed: 8 })).rejects.toThrow('Cannot change param "seed" of run "run": it is "7"');
        await run.logMetrics({ customers: 4338 });
        await run.logSeries({ loss: Float64Array.of(0.6, 0.5, 0.4) });
        await run.logDataset({
          name: "demo",
          digestSha256: sha,
          source: "/data/demo.csv",
          context: "training",
          schema: [{ name: "customer_id", type: "string" }],
          profile: { num_rows: 3 },
        });
        await run.logArtifact(file, "churn");
        await run.logText("note.md", "# hello");
        await expect(run.logArtifact(join(folder, "absent.csv"))).rejects.toThrow('Cannot log artifact "absent.csv"');
        const failing = withChildRun(run, "stage", async (child) => {
          await child.logMetrics({ rows: 1 });
          throw new Error("stage broke");
        });
        await expect(failing).rejects.toThrow("stage broke");
        return { runId: run.id ?? "", url: run.url, experimentId: run.experimentId ?? "" };
      },
      { tags: { dataset: "demo" }, note: "A **first** run" },
    );

    const run = await client.runs.get(seen.runId);
    expect(seen.url).toBe(
      `${server.url}/#/experiments/${run.experimentId}/runs/${run.runId}?workflowType=machine_learning`,
    );
    expect(run).toMatchObject({
      runName: "run",
      status: "FINISHED",
      params: { as_of: "2011-12-09", seed: "7", tracking: "true" },
      metrics: { customers: 4338, loss: 0.4 },
      tags: {
        "mlflow.user": "ada",
        "mlflow.source.name": "rekindle run",
        "mlflow.source.type": "LOCAL",
        "mlflow.source.git.commit": "abc123",
        "mlflow.note.content": "A **first** run",
        "mlflow.runName": "run",
        dataset: "demo",
        dataset_sha256: sha,
      },
      datasets: [{ name: "demo", digest: sha.slice(0, 32), tags: { sha256: sha, "mlflow.data.context": "training" } }],
    });
    expect((await client.runs.metricHistory(run.runId, "loss")).map(({ step, value }) => [step, value])).toEqual([
      [0, 0.6],
      [1, 0.5],
      [2, 0.4],
    ]);
    expect(await client.artifacts.readText(run.artifactUri, "churn/metrics.json")).toBe("{}");
    expect(await client.artifacts.readText(run.artifactUri, "note.md")).toBe("# hello");
    const [child] = await client.runs.search([seen.experimentId], {
      filter: `tags.\`mlflow.parentRunId\` = '${run.runId}'`,
    });
    expect(child).toMatchObject({ runName: "stage", status: "FAILED", metrics: { rows: 1 } });
    expect(await readdir(queueFolder)).toEqual([]);
    expect(warned).toEqual([]);
  });

  test("arrives with any names", async () => {
    const warned: string[] = [];
    const queueFolder = join(folder, "names");
    const tracker = openTracker({ client, queueFolder, now: Date.now, warn: (message) => warned.push(message) });
    const odd = ["don't", "50%", "a,b", "refund (online)", "../x", "", "a#b\\c", "\u{1f600}", "x".repeat(300)];
    const values = Object.fromEntries(odd.map((name, i) => [name, i + 1]));
    const run = await tracker.startRun("rekindle/names", "odd", { tags: values });
    await run.logMetrics({ ...values, don_t: 0, missing: Number.NaN });
    await run.logParams(values);
    for (const name of ["don't.txt", "50%.txt", "a,b.txt", "refund (online)/a#b.txt"]) await run.logText(name, name);
    await run.end();
    expect(await readdir(queueFolder)).toEqual([]);
    expect(warned.filter((line) => line.includes("dropped"))).toEqual([]);
    const found = await client.runs.get(run.id ?? "");
    expect(Object.values(found.metrics).sort()).toEqual([0, ...Object.values(values)]);
    expect(Object.values(found.params).sort()).toEqual(Object.values(values).map(String));
    expect(Object.keys(found.tags)).toEqual(expect.arrayContaining(Object.keys(found.params)));
    expect(found.metrics).toMatchObject({ don_t: 0, "50_": 2, a_b: 3, "refund _online_": 4 });
    expect(await client.artifacts.readText(found.artifactUri, "refund (online)/a_b.txt")).toBe(
      "refund (online)/a#b.txt",
    );
    expect(await client.artifacts.readText(found.artifactUri, "50_.txt")).toBe("50%.txt");
  });

  test("sends what waited as soon as the server answers again", async () => {
    const queueFolder = join(folder, "cut");
    const warned: string[] = [];
    let isCut = true;
    let time = Date.now();
    const refused = () =>
      new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) });
    const flaky = createMlflowClient({
      trackingUri: server.url,
      auth,
      retries: 0,
      fetch: (...request) => (isCut ? Promise.reject(refused()) : fetch(...request)),
    });
    const tracker = openTracker({
      client: flaky,
      queueFolder,
      now: () => time,
      warn: (message) => warned.push(message),
    });
    const run = await tracker.startRun("rekindle/cut", "late");
    await run.logMetrics({ a: 1 });
    const child = await run.child("ended while cut off");
    await child.end();
    isCut = false;
    await run.logMetrics({ a: 2 }, { step: 1 });
    await run.flush();
    expect(run.id).toBeUndefined();
    time += 31_000;
    await run.logMetrics({ a: 3 }, { step: 2 });
    await run.flush();
    expect((await client.runs.metricHistory(run.id ?? "", "a")).map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(await client.runs.get(child.id ?? "")).toMatchObject({
      status: "FINISHED",
      tags: { "mlflow.parentRunId": run.id },
    });
    await run.end();
    expect(await readdir(queueFolder)).toEqual([]);
    expect(warned).toEqual([
      expect.stringMatching(/^MLflow at .* does not answer; the run is queued/),
      expect.stringMatching(/^MLflow at .* answers again; queued entries are sent$/),
    ]);
  });

  test("arrives exactly once though a third of the answers are lost and requests are refused", async () => {
    const random = createRandom(11);
    const lost = (code: string) => new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
    const losses = { refused: 0, answers: 0 };
    const storm: typeof fetch = async (...request) => {
      if (random.uniform() < 0.2 && ++losses.refused) throw lost("ECONNREFUSED");
      const response = await fetch(...request);
      if (random.uniform() < 0.35 && ++losses.answers) throw lost("ECONNRESET");
      return response;
    };
    const stormy = createMlflowClient({
      trackingUri: server.url,
      auth,
      retries: 1,
      sleep: async () => {},
      fetch: storm,
    });
    const queueFolder = join(folder, "storm");
    let time = 1_800_000_000_000;
    const settings = { client: stormy, now: () => (time += 20_000), warn: () => {} };
    const tracker = openTracker({ ...settings, queueFolder });
    const runs = ["one", "two", "three"];
    for (const runName of runs) {
      await withRun(tracker, "rekindle/storm", runName, async (run) => {
        for (let step = 0; step < 8; ++step) {
          await run.logMetrics({ loss: step / 8 }, { step });
          await run.flush();
        }
        await run.logText("note.txt", runName);
        await run.flush();
        await withChildRun(run, `${runName}, nested`, (child) => child.logParams({ of: runName }));
      });
    }
    for (let i = 0; i < 100 && (await readQueue(queueFolder)).length > 0; ++i) {
      await syncQueue(queueFolder, settings).catch((error: unknown) =>
        expect(error).toMatchObject({ name: "TrackingError" }),
      );
    }
    expect(await readdir(queueFolder)).toEqual([]);
    expect(losses.answers).toBeGreaterThan(10);
    expect(losses.refused).toBeGreaterThan(10);

    const found = await client.runs.search([await client.experiments.getOrCreate("rekindle/storm")]);
    expect(found.map((run) => run.runName).sort()).toEqual(runs.flatMap((name) => [name, `${name}, nested`]).sort());
    for (const run of found.filter((one) => runs.includes(one.runName))) {
      expect(run.status).toBe("FINISHED");
      expect((await client.runs.metricHistory(run.runId, "loss")).map(({ step, value }) => [step, value])).toEqual(
        Array.from({ length: 8 }, (_, step) => [step, step / 8]),
      );
      expect(await client.artifacts.readText(run.artifactUri, "note.txt")).toBe(run.runName);
      const child = found.find((one) => one.tags["mlflow.parentRunId"] === run.runId);
      expect(child).toMatchObject({
        runName: `${run.runName}, nested`,
        status: "FINISHED",
        params: { of: run.runName },
      });
    }
  });

  test(
    "continues when the server is killed, and is sent exactly once when it is back",
    async () => {
      const queueFolder = join(folder, "lost");
      const warned: string[] = [];
      const impatient = createMlflowClient({ trackingUri: server.url, auth, retries: 1, sleep: async () => {} });
      const settings = { client: impatient, now: Date.now, warn: (message: string) => void warned.push(message) };
      const tracker = openTracker({ ...settings, queueFolder });
      const [kept, removed, missing] = ["kept.csv", "removed.csv", "missing.csv"].map((name) => join(folder, name));
      await writeFile(kept, "a,b\n");
      await writeFile(removed, "still in the queue");
      await writeFile(missing, "gone soon");

      const run = await tracker.startRun("rekindle/lost", "interrupted");
      const points = (from: number) => Array.from({ length: 10 }, (_, i) => from + i);
      for (const step of points(0)) await run.logMetrics({ loss: 1 / (step + 1), flat: 1 }, { step });
      expect(warned).toEqual([]);

      await server.kill();
      for (const step of points(10)) await run.logMetrics({ loss: 1 / (step + 1), flat: 1 }, { step });
      await run.logParams({ late: "yes" });
      await run.logParams({ later: "yes" });
      await expect(run.logParams({ late: "no" })).rejects.toThrow('Cannot change param "late"');
      await run.logArtifact(missing);
      await run.logArtifact(removed);
      await run.logArtifact(kept);
      const child = await run.child("stage");
      expect(child.id).toBeUndefined();
      await child.logMetrics({ rows: 3 });
      await child.end();
      await run.end();
      await Promise.all([rm(removed), rm(missing)]);
      await rm(join(queueFolder, `${run.key}.files`, createHash("sha256").update("gone soon").digest("hex")));
      expect(warned.length).toBe(1);
      expect(warned[0]).toMatch(/the run is queued in ".*lost"; send it with npx rekindle mlflow sync$/);
      await expect(syncQueue(queueFolder, settings)).rejects.toMatchObject({
        name: "TrackingError",
        kind: "unavailable",
      });
      expect((await readQueue(queueFolder)).map((queued) => queued.events[0])).toMatchObject([
        { runName: "interrupted" },
        { runName: "stage", parent: run.key },
      ]);

      await server.start();
      warned.length = 0;
      const [journal] = await readQueue(queueFolder);
      const whole = await readFile(journal.path, "utf8");
      const synced = await syncQueue(queueFolder, settings);
      expect(synced).toMatchObject([
        {
          runName: "interrupted",
          runId: run.id,
          pending: 0,
          hasEnded: true,
          problems: [expect.stringContaining("missing.csv")],
        },
        { runName: "stage", pending: 0, delivered: 3, hasEnded: true, problems: [] },
      ]);
      expect(warned).toEqual([
        expect.stringMatching(
          /Cannot upload "missing\.csv": ".*" is not a file that can be read; check the path and its permissions$/,
        ),
      ]);
      expect(await readdir(queueFolder)).toEqual([`${run.key}.problems.jsonl`]);
      expect(await syncQueue(queueFolder, settings)).toEqual([]);

      const check = async () => {
        const [parent] = await client.runs.search([run.experimentId ?? ""], {
          filter: "attributes.run_name = 'interrupted'",
        });
        expect(parent).toMatchObject({ runId: run.id, status: "FINISHED", params: { late: "yes", later: "yes" } });
        for (const key of ["loss", "flat"]) {
          const history = await client.runs.metricHistory(parent.runId, key);
          const expected = points(0).concat(points(10));
          expect(history.map(({ step, value }) => [step, value]).sort(([a], [b]) => a - b)).toEqual(
            expected.map((step) => [step, key === "loss" ? 1 / (step + 1) : 1]),
          );
        }
        expect(await client.artifacts.readText(parent.artifactUri, "kept.csv")).toBe("a,b\n");
        expect(await client.artifacts.readText(parent.artifactUri, "removed.csv")).toBe("still in the queue");
        const all = await client.runs.search([parent.experimentId]);
        expect(all.map((one) => one.runName).sort()).toEqual(["interrupted", "stage"]);
        const stage = all.find((one) => one.runName === "stage");
        expect(stage).toMatchObject({
          status: "FINISHED",
          metrics: { rows: 3 },
          tags: { "mlflow.parentRunId": parent.runId },
        });
      };
      await check();

      // The worst case: everything was taken, and not one receipt was kept.
      const events = whole
        .split("\n")
        .filter((line) => line.includes('"type"') && !/missing\.csv|removed\.csv/.test(line));
      await writeFile(journal.path, `${events.join("\n")}\n{"type":"metrics","metr`);
      expect(await syncQueue(queueFolder, settings)).toMatchObject([{ runId: run.id, pending: 0, problems: [] }]);
      await check();
      expect((await client.runs.get(run.id ?? "")).tags[RUN_KEY_TAG]).toBe(run.key);
    },
    START_MS,
  );
});

test("the examples of docs/mlflow-js-client.md run as they stand", async () => {
  const page = await readFile("docs/mlflow-js-client.md", "utf8");
  const examples = Array.from(page.matchAll(/```js\n(.*?)```/gs), ([, code]) => code);
  expect(examples.length).toBe(2);
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as FunctionConstructor;
  for (const example of examples) {
    const names = /^import \{(.*?)\} from "rekindle\/mlflow-js-client";\n/.exec(example)?.[1] ?? "";
    const body = example
      .replace(/^import .*\n/, "")
      .replaceAll("http://127.0.0.1:5000", addressWithCredentials())
      .replaceAll("mlruns/queue", join(folder, "example"));
    const lines: unknown[][] = [];
    const quiet = { log: (...line: unknown[]) => lines.push(line), error: (...line: unknown[]) => lines.push(line) };
    await AsyncFunction("tracking", "console", `const {${names}} = tracking;\n${body}`)(tracking, quiet);
    expect(lines).toEqual(names.includes("withRun") ? [[expect.stringMatching(/^[0-9a-f]{32}$/), 0]] : []);
  }
  const runs = await client.runs.search([await client.experiments.getOrCreate("rekindle/example")]);
  expect(runs.map((run) => [run.runName, run.status]).sort()).toEqual([
    ["by hand", "FINISHED"],
    ["features", "FINISHED"],
    ["first run", "FINISHED"],
  ]);
  expect((await client.registeredModels.get("example")).aliases).toEqual({ champion: "1" });
});
