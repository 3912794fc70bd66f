import { mkdtemp, readdir, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createMlflowClient,
  openTracker,
  readQueue,
  syncQueue,
  withChildRun,
  withRun,
} from "../../src/tracking/index.js";
import { type StubServer, sendJson, startStubServer } from "./stub-server.js";

const REQUEST_MS = 300;
const RUN_MS = 1000;
/** Room for a busy machine beyond the deadlines. */
const SLACK_MS = 1500;

let folder: string;
let stub: StubServer | undefined;
let warned: string[];
const warn = (message: string) => void warned.push(message);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-bad-servers-"));
  warned = [];
});
afterEach(async () => {
  await stub?.close();
  stub = undefined;
  await rm(folder, { recursive: true, force: true });
});

const connect = (url: string) => createMlflowClient({ trackingUri: url, timeoutMs: REQUEST_MS });

const faults: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  ["never answers", () => {}],
  [
    "drips bytes",
    (response) => {
      const drip = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(drip));
    },
  ],
  ["answers 429 for ever", (response) => sendJson(response, 429, {})],
  ["answers 429 and asks to wait", (response) => sendJson(response, 429, {}, { "retry-after": "60" })],
  ["answers garbage", (response) => void response.end("<html>Welcome</html>")],
  ["answers {}", (response) => sendJson(response, 200, {})],
  ["answers null", (response) => sendJson(response, 200, null)],
  ["answers with wrong types", (response) => sendJson(response, 200, { experiment: { experiment_id: 7 }, run: [] })],
  ["answers 404 without a code of MLflow", (response) => void response.writeHead(404).end("no such page")],
  ["answers 500", (response) => sendJson(response, 500, {})],
  ["closes the connection", (response) => void response.destroy()],
];

/** What a run logs, and its result. */
async function trackOneRun(url: string) {
  const tracker = openTracker({ client: connect(url), queueFolder: folder, now: Date.now, warn, timeoutMs: RUN_MS });
  return withRun(tracker, "e", "r", async (run) => {
    await run.logParams({ a: 1 });
    await withChildRun(run, "nested", (child) => child.logMetrics({ b: 2 }));
    return 42;
  });
}

describe.each(faults)("a server that %s", (name, fault) => {
  test.each([
    ["to everything", false],
    ["to everything but its health", true],
  ])("%s: a run ends in time with its result, queued whole, with one line", async (_, isMlflow) => {
    stub = await startStubServer((__, response) => fault(response), { isMlflow });
    const start = performance.now();
    expect(await trackOneRun(stub.url)).toBe(42);
    expect(performance.now() - start).toBeLessThan(RUN_MS + SLACK_MS);
    expect(warned).toEqual([
      expect.stringMatching(/; the run is queued in ".*"; send it with npx rekindle mlflow sync$/),
    ]);
    expect((await readQueue(folder)).map(({ events }) => events.map(({ type }) => type))).toEqual([
      ["start", "params", "end"],
      ["start", "metrics", "end"],
    ]);
  });

  test("a sync ends in time with one line and keeps the queue", async () => {
    const offline = openTracker({ client: undefined, queueFolder: folder, now: Date.now, warn });
    await withRun(offline, "e", "r", (run) => run.logParams({ a: 1 }));
    stub = await startStubServer((_, response) => fault(response));
    const start = performance.now();
    const sync = syncQueue(folder, { client: connect(stub.url), now: Date.now, warn });
    // What MLflow's own errors would refuse stays in the queue without ending the sync.
    if (name.includes("404")) expect(await sync).toMatchObject([{ delivered: 0, pending: 3 }]);
    else
      await expect(sync).rejects.toMatchObject({
        name: "TrackingError",
        message: expect.stringMatching(/^Cannot .*; |answered/),
      });
    expect(performance.now() - start).toBeLessThan(3 * REQUEST_MS + SLACK_MS);
    expect((await readQueue(folder)).map(({ events }) => events.length)).toEqual([3]);
    expect(await readdir(folder)).toHaveLength(1);
  });

  test("an artifact that it breaks down at waits in the queue", async () => {
    stub = await startStubServer((request, response) => {
      if (request.url?.includes("mlflow-artifacts")) return fault(response);
      const info = { run_id: "id", experiment_id: "1", artifact_uri: "mlflow-artifacts:/1/id/artifacts" };
      sendJson(response, 200, { experiment: { experiment_id: "1", name: "e" }, run: { info } });
    });
    const tracker = openTracker({
      client: connect(stub.url),
      queueFolder: folder,
      now: Date.now,
      warn,
      timeoutMs: RUN_MS,
    });
    const start = performance.now();
    await withRun(tracker, "e", "r", (run) => run.logText("a.txt", "a"));
    expect(performance.now() - start).toBeLessThan(RUN_MS + SLACK_MS);
    expect(warned).toHaveLength(name === "answers {}" || name === "answers with wrong types" ? 0 : 1);
  });
});

test("a server that answers each request just in time: the run ends after its own deadline", async () => {
  let isSlow = true;
  stub = await startStubServer(async (_, response) => {
    if (isSlow) await new Promise((resolve) => setTimeout(resolve, 200));
    const run = { info: { run_id: "id", experiment_id: "1", artifact_uri: "mlflow-artifacts:/1/id/artifacts" } };
    sendJson(response, 200, { experiment: { experiment_id: "1", name: "e" }, run });
  });
  const client = createMlflowClient({ trackingUri: stub.url, timeoutMs: 2000 });
  const tracker = openTracker({ client, queueFolder: folder, now: Date.now, warn, timeoutMs: RUN_MS });
  const start = performance.now();
  await withRun(tracker, "e", "r", async (run) => {
    for (let i = 0; i < 20; ++i) await run.logText(`${i}.txt`, "x");
  });
  expect(performance.now() - start).toBeLessThan(RUN_MS + SLACK_MS);
  expect(warned).toEqual([
    `MLflow at ${stub.url} took more than 1 s; the run is queued in "${folder}"; send it with npx rekindle mlflow sync`,
  ]);
  // Nothing is sent any more, and a sync sends the rest.
  const sent = stub.requests.length;
  await withRun(tracker, "e", "another", (run) => run.logParams({ a: 1 }));
  expect(stub.requests.length).toBe(sent);
  isSlow = false;
  expect(await syncQueue(folder, { client, now: Date.now, warn })).toMatchObject([{ pending: 0 }, { pending: 0 }]);
  expect(await readdir(folder)).toEqual([]);
});

test("a server that is merely used for long is not stopped: each run that arrives renews the time", async () => {
  stub = await startStubServer(async (_, response) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const run = { info: { run_id: "id", experiment_id: "1", artifact_uri: "" } };
    sendJson(response, 200, { experiment: { experiment_id: "1", name: "e" }, run });
  });
  const client = createMlflowClient({ trackingUri: stub.url });
  const tracker = openTracker({ client, queueFolder: folder, now: Date.now, warn, timeoutMs: 5000 });
  const start = performance.now();
  while (performance.now() - start < 6000) await withRun(tracker, "e", "r", (run) => run.logParams({ a: 1 }));
  expect(warned).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
}, 20_000);

/** Three runs of five files each, queued while no server was there. */
async function queueRuns(): Promise<void> {
  const offline = openTracker({ client: undefined, queueFolder: folder, now: Date.now, warn });
  for (const name of ["a", "b", "c"]) {
    await withRun(offline, "e", name, async (run) => {
      for (let i = 0; i < 5; ++i) await run.logText(`${i}.txt`, "x");
    });
  }
}

/** Answers as MLflow does, to so many requests; then never. */
function startTiringServer(nAnswers: number): Promise<StubServer> {
  const run = { info: { run_id: "id", experiment_id: "1", artifact_uri: "mlflow-artifacts:/1/id/artifacts" } };
  return startStubServer((_, response, __, index) => {
    if (index < nAnswers) sendJson(response, 200, { experiment: { experiment_id: "1", name: "e" }, run });
  });
}

test("a sync that sends nothing for its time ends, keeps what was sent and says so", async () => {
  await queueRuns();
  stub = await startTiringServer(12);
  const client = createMlflowClient({ trackingUri: stub.url, timeoutMs: 60_000 });
  const sync = syncQueue(folder, { client, now: Date.now, warn, timeoutMs: RUN_MS });
  const start = performance.now();
  await expect(sync).rejects.toThrow(
    `Cannot sync: MLflow at ${stub.url} took nothing for 1 s; the rest stays in the queue, try again later`,
  );
  expect(performance.now() - start).toBeLessThan(RUN_MS + SLACK_MS);
  const rest = await readQueue(folder);
  expect(rest.map(({ settled }) => settled)).toEqual([expect.any(Number), 0]);
  expect(rest[0]?.settled).toBeGreaterThan(0);
  expect(warned).toEqual([]);
});

test("an aborted sync ends at once with the reason, and no entry is dropped", async () => {
  await queueRuns();
  stub = await startTiringServer(6);
  const controller = new AbortController();
  const { signal } = controller;
  // The command's own client ends by the same signal.
  const client = createMlflowClient({ trackingUri: stub.url, timeoutMs: 60_000, signal });
  const sync = syncQueue(folder, { client, now: Date.now, warn, signal });
  while (stub.requests.length < 7) await new Promise((resolve) => setTimeout(resolve, 10));
  const start = performance.now();
  controller.abort(new Error("interrupted"));
  await expect(sync).rejects.toThrow("interrupted");
  expect(performance.now() - start).toBeLessThan(SLACK_MS);
  // The start took three requests, each file one.
  const queue = await readQueue(folder);
  expect([queue.length, queue[0]?.settled, warned]).toEqual([3, 4, []]);
}, 20_000);

test.each(faults.slice(0, 2))(
  "a probe of a server that %s ends in time, also if garbage is collected",
  async (_, fault) => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    stub = await startStubServer((__, response) => fault(response), { isMlflow: false });
    const collecting = setInterval(collect, 20);
    const start = performance.now();
    expect(await connect(stub.url).probe()).toBe("nothing");
    clearInterval(collecting);
    expect(performance.now() - start).toBeLessThan(REQUEST_MS + SLACK_MS);
  },
  10_000,
);
