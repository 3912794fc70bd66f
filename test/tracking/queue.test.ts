import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFileAtomically } from "../../src/storage/files.js";
import {
  createMlflowClient,
  createSilentTracker,
  openTracker,
  readQueue,
  syncQueue,
  withRun,
} from "../../src/tracking/index.js";
import { type StubServer, sendJson, startStubServer } from "./stub-server.js";

let folder: string;
let stub: StubServer | undefined;
let warned: string[];
const warn = (message: string) => void warned.push(message);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-queue-"));
  warned = [];
});
afterEach(async () => {
  await stub?.close();
  stub = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** A server that says yes to everything, and the paths it was asked for. */
async function agreeable() {
  const verbs: string[] = [];
  stub = await startStubServer((request, response, body) => {
    const verb = (request.url ?? "").split("?")[0].replace(/^\/api\/2\.0\/mlflow\//, "");
    verbs.push(verb === "runs/update" ? `${verb} ${(JSON.parse(body) as { status: string }).status}` : verb);
    const run = {
      info: { run_id: "server-id", experiment_id: "1", artifact_uri: "mlflow-artifacts:/1/server-id/artifacts" },
    };
    if (verb === "experiments/get-by-name")
      return sendJson(response, 200, { experiment: { experiment_id: "1", name: "e" } });
    return sendJson(response, 200, verb === "runs/create" ? { run } : {});
  });
  return { client: createMlflowClient({ trackingUri: stub.url, retries: 0 }), verbs };
}

/** A logged name that another name would have become too. */
const suffixed = (logged: string, name: string) =>
  `${logged}_${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;

const queueOneRun = async (queueFolder: string) => {
  const tracker = openTracker({ client: undefined, queueFolder, now: () => 1000, warn });
  const run = await tracker.startRun("e", "offline");
  await run.logParams({ a: 1 });
  return run;
};

test("a logged model shows as a short card, before it has arrived too", async () => {
  const run = await queueOneRun(folder);
  const model = { files: { "model.json": "{}" }, flavors: {}, inputExample: {}, requirements: [] };
  const handle = await run.logModel({ ...model, signature: { inputs: [], outputs: [] } }, { registerAs: "churn" });
  expect(inspect(handle)).toBe('Model "model", not sent yet\n  registeredAs  churn');
  await run.end();
});

test("a run without a server is kept whole, in order, and said at the end", async () => {
  const tracker = openTracker({ client: undefined, queueFolder: join(folder, "queue"), now: () => 1000, warn });
  const answer = await withRun(tracker, "e", "offline", async (run) => {
    expect([run.id, run.url]).toEqual([undefined, undefined]);
    await Promise.all([run.logMetrics({ a: 0.5 }), run.logParams({ p: true }), run.logText("t.txt", "x")]);
    return 42;
  });
  expect(answer).toBe(42);
  const [queued] = await readQueue(join(folder, "queue"));
  expect(queued.settled).toBe(0);
  expect(queued.events).toEqual([
    { type: "start", experiment: "e", runName: "offline", startTime: 1000, tags: {} },
    { type: "metrics", metrics: [{ key: "a", value: 0.5, timestamp: 1000, step: 0 }] },
    { type: "params", params: { p: "true" } },
    { type: "text", path: "t.txt", text: "x" },
    { type: "end", status: "FINISHED", endTime: 1000 },
  ]);
  expect(warned).toEqual([]);
  expect(tracker.waiting()).toBe(
    "MLflow is not running; the run is queued: npx rekindle mlflow starts it, npx rekindle mlflow sync sends the run",
  );
  const idle = openTracker({ client: undefined, queueFolder: join(folder, "other"), now: () => 1000, warn });
  expect(idle.waiting()).toBeUndefined();
  expect(createSilentTracker().waiting()).toBeUndefined();
});

test.each([
  ["a sync that takes hours keeps its lock", process.ppid, 5],
  ["the lock of a process that is gone holds nobody up", 2 ** 22 + 1, 0],
])("%s", async (_, pid, hours) => {
  await queueOneRun(folder);
  const lock = join(folder, "sync.lock");
  const since = new Date(Date.now() - hours * 3_600_000);
  const holder = { pid, host: hostname(), started: null, holder: "a sync", since: since.toISOString(), token: "0" };
  await writeFile(lock, JSON.stringify(holder));
  await utimes(lock, since, since);
  const { client, verbs } = await agreeable();
  const sync = syncQueue(folder, { client, now: Date.now, warn });
  if (pid !== process.ppid) return expect(await sync).toMatchObject([{ delivered: 2 }]);
  await expect(sync).rejects.toThrow(
    /^Cannot use the queue of MLflow: a sync uses it \(process \d+, since .* UTC\); try again when it has ended$/,
  );
  expect(verbs).toEqual([]);
});

test("an event is on disk before it is sent", async () => {
  const queueFolder = join(folder, "queue");
  const onDisk: boolean[] = [];
  stub = await startStubServer(async (request, response) => {
    const run = { info: { run_id: "id", experiment_id: "1", artifact_uri: "" } };
    if (request.url?.includes("log-batch")) {
      const [queued] = await readQueue(queueFolder);
      onDisk.push(queued.events.some((event) => event.type === "metrics") && queued.settled === 1);
    }
    const isName = request.url?.includes("get-by-name");
    sendJson(response, 200, isName ? { experiment: { experiment_id: "1", name: "e" } } : { run });
  });
  const client = createMlflowClient({ trackingUri: stub.url, retries: 0 });
  const run = await openTracker({ client, queueFolder, now: () => 1, warn }).startRun("e", "r");
  await run.logMetrics({ a: 1 });
  await run.flush();
  expect(onDisk).toEqual([true]);
  await run.end();
  expect(await readdir(queueFolder)).toEqual([]);
});

test("what is logged while a request is on its way goes in one more request", async () => {
  const sizes: number[] = [];
  let release = () => {};
  const isLogged = new Promise<void>((resolve) => {
    release = resolve;
  });
  stub = await startStubServer(async (request, response, body) => {
    if (request.url?.endsWith("log-batch")) {
      sizes.push((JSON.parse(body) as { metrics: unknown[] }).metrics.length);
      await isLogged;
    }
    const run = { info: { run_id: "id", experiment_id: "1", artifact_uri: "" } };
    sendJson(response, 200, { run, experiment: { experiment_id: "1", name: "e" } });
  });
  const client = createMlflowClient({ trackingUri: stub.url, retries: 0 });
  const run = await openTracker({ client, queueFolder: folder, now: () => 1, warn }).startRun("e", "r");
  await run.logMetrics({ loss: 0 });
  while (sizes.length === 0) await setTimeout(5);
  for (let step = 1; step < 200; ++step) await run.logMetrics({ loss: step }, { step });
  release();
  await run.end();
  expect(sizes).toEqual([1, 199]);
  expect(warned).toEqual([]);
});

test("a run that is still going on is sent as far as it is, and stays open", async () => {
  const run = await queueOneRun(folder);
  const { client, verbs } = await agreeable();
  const options = { client, now: Date.now, warn };
  expect(await syncQueue(folder, options)).toMatchObject([
    { delivered: 2, pending: 0, hasEnded: false, runId: "server-id" },
  ]);
  expect(verbs.filter((verb) => verb !== "experiments/get-by-name")).toEqual([
    "runs/search",
    "runs/create",
    "runs/log-batch",
  ]);
  verbs.length = 0;
  await run.end();
  expect(await syncQueue(folder, options)).toMatchObject([{ delivered: 1, hasEnded: true }]);
  expect(verbs).toEqual(["runs/update FINISHED"]);
  expect(await readdir(folder)).toEqual([]);
});

test("a run that a sync sent while it went on is found by its key when it ends, not made again", async () => {
  const created: string[] = [];
  stub = await startStubServer((request, response, body) => {
    const verb = (request.url ?? "").split("?")[0].split("/").slice(-2).join("/");
    const wire = { info: { run_id: `id-${created.length}`, experiment_id: "1", artifact_uri: "" } };
    if (verb === "runs/create") created.push(body);
    const { filter = "" } = (body ? JSON.parse(body) : {}) as { filter?: string };
    const isKnown = created.some((one) =>
      filter.includes((JSON.parse(one) as { tags: { value: string }[] }).tags[1].value),
    );
    if (verb === "runs/search") return sendJson(response, 200, isKnown ? { runs: [wire] } : {});
    sendJson(response, 200, { run: wire, experiment: { experiment_id: "1", name: "e" } });
  });
  const { url } = stub;
  let isAway = true;
  const client = createMlflowClient({
    trackingUri: url,
    retries: 0,
    fetch: (...request) => (isAway ? Promise.reject(new TypeError("fetch failed")) : fetch(...request)),
  });
  const tracker = openTracker({ client, queueFolder: folder, now: () => 1, warn });
  const run = await tracker.startRun("e", "long");
  isAway = false;
  expect(await syncQueue(folder, { client, now: Date.now, warn })).toMatchObject([{ delivered: 1, hasEnded: false }]);
  await run.end();
  expect(created).toHaveLength(1);
  expect(run.id).toBe("id-1");
  expect(await readdir(folder)).toEqual([]);
});

test("a run whose process died a day ago is ended as KILLED, its torn last line passed over", async () => {
  const { key } = await queueOneRun(folder);
  const path = join(folder, `${key}.jsonl`);
  await writeFile(path, `${await readFile(path, "utf8")}{"type":"metr`);
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  await utimes(path, yesterday, yesterday);
  const { client, verbs } = await agreeable();
  expect(await syncQueue(folder, { client, now: Date.now, warn })).toMatchObject([
    { delivered: 3, pending: 0, hasEnded: true },
  ]);
  expect(verbs.at(-1)).toBe("runs/update KILLED");
  expect(await readdir(folder)).toEqual([]);
});

test("two syncs at once do not both send", async () => {
  await queueOneRun(folder);
  const { client } = await agreeable();
  const options = { client, now: Date.now, warn };
  const both = await Promise.all([syncQueue(folder, options), syncQueue(folder, options)]);
  // Either may come first.
  expect(both.map((runs) => runs.map(({ delivered }) => delivered)).sort()).toEqual([[0], [2]]);
});

test.each(["", "null", "{}", "garbage"])("a lock that holds %j keeps nobody waiting", async (text) => {
  await queueOneRun(folder);
  await writeFile(join(folder, "sync.lock"), text);
  const { client } = await agreeable();
  expect(await syncQueue(folder, { client, now: Date.now, warn })).toMatchObject([{ delivered: 2 }]);
});

/** What the stub's server has of each artifact, by path. */
async function withArtifacts() {
  const contents: string[] = [];
  stub = await startStubServer((request, response, body) => {
    const verb = (request.url ?? "").split("?")[0];
    if (request.method === "PUT") contents.push(`${verb.split("/").at(-1)} ${body}`);
    const run = { info: { run_id: "id", experiment_id: "1", artifact_uri: "mlflow-artifacts:/1/id/artifacts" } };
    const isName = verb.endsWith("get-by-name");
    sendJson(response, 200, isName ? { experiment: { experiment_id: "1", name: "e" } } : { run });
  });
  return { client: createMlflowClient({ trackingUri: stub.url, retries: 0 }), contents };
}

test("files whose names are numbers keep their paths, in their order", async () => {
  const files = join(folder, "files");
  await mkdir(files);
  for (const name of ["10", "2", "a.csv"]) await writeFile(join(files, name), `content of ${name}`);
  const tracker = openTracker({ client: undefined, queueFolder: join(folder, "queue"), now: () => 1, warn });
  await withRun(tracker, "e", "r", (run) => run.logArtifacts(files, "", { files: ["10", "2", "a.csv"] }));
  const [queued] = await readQueue(join(folder, "queue"));
  const logged = queued.events.filter((event) => event.type === "artifact");
  expect(logged.map((event) => [basename(event.file), event.path])).toEqual([
    ["10", "10"],
    ["2", "2"],
    ["a.csv", "a.csv"],
  ]);
});

test("two runs that log a file of one name, replaced in between, each send what they saw", async () => {
  const queueFolder = join(folder, "queue");
  const file = join(folder, "metrics.json");
  let time = 0;
  const tracker = openTracker({ client: undefined, queueFolder, now: () => ++time, warn });
  for (const content of ["first", "second"]) {
    await writeFileAtomically(file, content);
    await withRun(tracker, "e", content, (run) => run.logArtifact(file));
  }
  await rm(file);
  const [queued] = await readQueue(queueFolder);
  const sha256 = createHash("sha256").update("first").digest("hex");
  expect(queued.events[1]).toEqual({ type: "artifact", file, path: "metrics.json", sha256, size: 5 });
  const { client, contents } = await withArtifacts();
  const synced = await syncQueue(queueFolder, { client, now: Date.now, warn });
  expect(synced.map(({ runName, problems }) => [runName, problems])).toEqual([
    ["first", []],
    ["second", []],
  ]);
  expect(contents).toEqual(["metrics.json first", "metrics.json second"]);
  expect(await readdir(queueFolder)).toEqual([]);
});

test("a kept file takes no room, and the same content twice is kept once", async () => {
  const run = await queueOneRun(folder);
  const file = join(folder, "a.csv");
  await writeFile(file, "a");
  await symlink(file, join(folder, "latest.csv"));
  await run.logArtifact(file);
  await run.logArtifact(join(folder, "latest.csv"));
  const kept = await readdir(join(folder, `${run.key}.files`));
  expect(kept).toEqual([createHash("sha256").update("a").digest("hex")]);
  expect((await stat(join(folder, `${run.key}.files`, kept[0]))).ino).toBe((await stat(file)).ino);
});

test("a file that was written over where it lies is not sent as what it was", async () => {
  const run = await queueOneRun(folder);
  const file = join(folder, "a.csv");
  await writeFile(file, "logged");
  await run.logArtifact(file);
  await writeFile(file, "later");
  await run.end();
  const { client, contents } = await withArtifacts();
  const [{ problems }] = await syncQueue(folder, { client, now: Date.now, warn });
  expect(problems).toEqual([
    expect.stringMatching(/^Cannot upload "a\.csv": ".*a\.csv" was changed after it was logged; /),
  ]);
  expect(contents).toEqual([]);
});

test("an empty or absent queue needs no server", async () => {
  const client = createMlflowClient({ trackingUri: "http://127.0.0.1:1", retries: 0 });
  expect(await syncQueue(join(folder, "absent"), { client, now: Date.now, warn })).toEqual([]);
});

test("a queue that cannot be written is reported once, and the run continues", async () => {
  await mkdir(join(folder, "place"));
  await writeFile(join(folder, "place", "queue"), "a file where the folder should be");
  const { client, verbs } = await agreeable();
  const tracker = openTracker({ client, queueFolder: join(folder, "place", "queue"), now: () => 1, warn });
  await withRun(tracker, "e", "r", (run) => run.logMetrics({ a: 1 }));
  expect(verbs.at(-1)).toBe("runs/update FINISHED");
  expect(warned).toEqual([
    expect.stringMatching(/^Cannot queue run "r" in ".*queue": .*; its entries are sent but not stored$/),
  ]);
});

test("a body that throws ends its run as FAILED, and its error passes through", async () => {
  const { client, verbs } = await agreeable();
  const tracker = openTracker({ client, queueFolder: folder, now: () => 1, warn });
  await expect(withRun(tracker, "e", "r", () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  expect(verbs.at(-1)).toBe("runs/update FAILED");
});

test("a run that has ended takes no more", async () => {
  const run = await queueOneRun(folder);
  await run.end();
  await run.end("FAILED");
  await expect(run.logMetrics({ a: 1 })).rejects.toThrow('Cannot log to run "offline": it has ended; start a new run');
  expect((await readQueue(folder))[0].events.at(-1)).toMatchObject({ type: "end", status: "FINISHED" });
});

test("what MLflow would refuse is refused before it is written", async () => {
  const run = await queueOneRun(folder);
  await expect(run.logText("../x", "")).rejects.toThrow(
    'Cannot use "../x" as an artifact path: it leads out of the run',
  );
  await expect(run.logText("/x", "")).rejects.toThrow(RangeError);
  const dataset = { name: "d", digestSha256: "abc", source: "", context: "" };
  await expect(run.logDataset(dataset)).rejects.toThrow('its digest is "abc"; expected the 64 hex digits of a sha256');
  expect((await readQueue(folder))[0].events.length).toBe(2);
});

test("a silent tracker has the same interface and does nothing", async () => {
  const value = await withRun(createSilentTracker(), "e", "r", async (run) => {
    await run.logMetrics({ a: 1 });
    const child = await run.child("c");
    await child.logArtifact("absent");
    await child.end();
    return run.id ?? "none";
  });
  expect(value).toBe("none");
});

test("a line of a journal that does not fit is dropped with one line, and the rest is sent", async () => {
  const run = await queueOneRun(folder);
  await run.logMetrics({ kept: 1 });
  await run.end();
  const path = join(folder, `${run.key}.jsonl`);
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  lines[1] = '{"type":"params","params":{"a":{"nested":1}}}';
  await writeFile(path, `${lines.join("\n")}\n{"settled":"many"}\nnull\n`);
  const { client, verbs } = await agreeable();
  warned = [];
  const problem = `Cannot read line 2 of "${path}": "params.a" is {"nested":1}; expected text`;
  expect(await syncQueue(folder, { client, now: Date.now, warn })).toMatchObject([
    { delivered: 3, pending: 0, problems: [problem] },
  ]);
  expect(warned).toEqual([`Run "offline": one entry was dropped. ${problem}`]);
  expect(verbs.slice(-2)).toEqual(["runs/log-batch", "runs/update FINISHED"]);
  expect(await readdir(folder)).toEqual([`${run.key}.problems.jsonl`]);
});

test("a run whose start cannot be read stays in the queue with one line, and holds up no other", async () => {
  const broken = await queueOneRun(folder);
  await broken.end();
  const path = join(folder, `${broken.key}.jsonl`);
  await writeFile(path, '{"type":"start","experiment":5}\n');
  await (await queueOneRun(folder)).end();
  const { client } = await agreeable();
  warned = [];
  const results = await syncQueue(folder, { client, now: Date.now, warn });
  expect(results.map(({ delivered, pending }) => [delivered, pending]).sort()).toEqual([
    [0, 1],
    [3, 0],
  ]);
  expect(warned).toEqual([
    `One run stays in the queue. Cannot read line 1 of "${path}": "runName" is missing; expected text; correct the line, or delete the file`,
  ]);
  expect(await readdir(folder)).toEqual([`${broken.key}.jsonl`]);
});

test("names that MLflow does not allow are mapped, told once, and two that become the same stay apart", async () => {
  const run = await queueOneRun(folder);
  warned = [];
  await run.logMetrics({ "don't": 1, don_t: 2, "50%": 3, "a,b": 4, "refund (online)": 5, "a//b/../c": 6 });
  await run.logMetrics({ "don't": 7 }, { step: 1 });
  await run.logParams({ p$: 1, p_: 2 });
  await run.logParams({ p$: 1 });
  await run.setTags({ "t!": "x" });
  await run.logText("a#b.csv", "1");
  await run.logText("a_b.csv", "2");
  const events = (await readQueue(folder))[0].events.slice(2);
  expect(
    events.flatMap((event) => (event.type === "metrics" ? event.metrics.map(({ key, value }) => [key, value]) : [])),
  ).toEqual([
    [suffixed("don_t", "don't"), 1],
    ["don_t", 2],
    ["50_", 3],
    ["a_b", 4],
    ["refund _online_", 5],
    ["a/b/_/c", 6],
    [suffixed("don_t", "don't"), 7],
  ]);
  expect(
    events
      .slice(2)
      .map((event) =>
        "params" in event ? event.params : "tags" in event ? event.tags : "path" in event && event.path,
      ),
  ).toEqual([{ p_: "2", [suffixed("p_", "p$")]: "1" }, { t_: "x" }, "a_b.csv", `${suffixed("a_b", "a_b.csv")}.csv`]);
  expect(warned[0]).toBe(
    `Run "offline": MLflow does not allow the name of each metric, "don't" is "${suffixed("don_t", "don't")}", "50%" is "50_", "a,b" is "a_b" and 2 more`,
  );
  expect(warned).toHaveLength(5);
});

test("metrics that are no finite numbers are left out with one line", async () => {
  const run = await queueOneRun(folder);
  warned = [];
  await run.logMetrics({ a: 1, b: Number.NaN, c: Number.NEGATIVE_INFINITY, d: "high" as unknown as number });
  await run.logMetrics({ b: Number.NaN });
  await run.logSeries({ loss: [0.5, Number.NaN, 0.25, Number.NaN] });
  const events = (await readQueue(folder))[0].events.slice(2);
  expect(events).toMatchObject([
    { metrics: [{ key: "a", value: 1 }] },
    {
      metrics: [
        { key: "loss", value: 0.5, step: 0 },
        { key: "loss", value: 0.25, step: 2 },
      ],
    },
  ]);
  expect(warned).toEqual([
    'Run "offline": metrics without a finite value are not logged, "b" is NaN, "c" is -Infinity, "d" is high',
    'Run "offline": metrics without a finite value are not logged, "b" is NaN',
    'Run "offline": metrics without a finite value are not logged, "loss" is NaN',
  ]);
});
