import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectTracker, trackingClient } from "../../src/pipeline/index.js";
import { type Environment, readEnvironment } from "../../src/storage/environment.js";
import { readQueue, withRun } from "../../src/tracking/index.js";
import { startStubServer } from "../tracking/stub-server.js";

/** The process id of a program that has ended. */
const deadPid = () => spawnSync(process.execPath, ["--version"]).pid;

/** An environment whose home says that a server was started, by `record`. */
function homeWith(record: object | undefined, trackingUri?: string, env: Record<string, string> = {}): Environment {
  const home = mkdtempSync(join(tmpdir(), "rekindle-connect-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, "mlruns"));
  if (record) writeFileSync(join(home, "mlruns", "server.json"), JSON.stringify(record));
  return readEnvironment({ REKINDLE_HOME: home, ...(trackingUri ? { MLFLOW_TRACKING_URI: trackingUri } : {}), ...env });
}

/** A server that is no MLflow but has a page for everything, as those of web applications do. */
async function startOther(): Promise<string> {
  const stub = await startStubServer((_, response) => response.end("<html>Welcome</html>"), { isMlflow: false });
  onTestFinished(() => stub.close());
  return stub.url;
}

/** Tracks a small run, and gives what was said and what waits in the queue. */
async function track(environment: Environment) {
  const warned: string[] = [];
  const options = { tracking: true, context: {}, now: () => 1, warn: (line: string) => void warned.push(line) };
  const tracker = connectTracker(environment, options);
  const answer = await withRun(tracker, "e", "r", async (run) => {
    await run.logMetrics({ a: 1 });
    return 42;
  });
  const queueFolder = join(environment.workspace.mlruns, "queue");
  return {
    answer,
    warned,
    waiting: tracker.waiting(),
    queued: (await readQueue(queueFolder)).map(({ events }) => events.length),
    queueFolder,
  };
}

const rest = (queueFolder: string) => `the run is queued in "${queueFolder}"; send it with npx rekindle mlflow sync`;

test("connectTracker: a local server that was killed is ignored, even if its address answers again", async () => {
  const { answer, warned, waiting, queued } = await track(homeWith({ uri: await startOther(), pid: deadPid() }));
  expect([answer, queued]).toEqual([42, [3]]);
  expect(warned).toEqual([]);
  expect(waiting).toMatch(/^MLflow is not running; /);
});

test("another service at the address of the local server is said once, and the run is kept", async () => {
  const uri = await startOther();
  const { answer, warned, queued, queueFolder } = await track(homeWith({ uri, pid: process.pid }));
  expect([answer, queued]).toEqual([42, [3]]);
  expect(warned).toEqual([`The server at ${uri} is not MLflow; ${rest(queueFolder)}`]);
});

test("so is one at the address that the environment names", async () => {
  const uri = await startOther();
  const { answer, warned, queued, queueFolder } = await track(homeWith(undefined, uri));
  expect([answer, queued]).toEqual([42, [3]]);
  expect(warned).toEqual([`The server at ${uri} is not MLflow; ${rest(queueFolder)}`]);
});

test("the local server is used while its process runs, and the address that the environment names before it", () => {
  const record = { uri: "http://127.0.0.1:5007", pid: process.pid };
  const uriOf = (environment: Environment) => trackingClient(environment, () => {})?.trackingUri;
  expect(uriOf(homeWith(record))).toBe("http://127.0.0.1:5007");
  expect(uriOf(homeWith(record, "http://127.0.0.1:5008"))).toBe("http://127.0.0.1:5008");
  expect(uriOf(homeWith({ ...record, pid: deadPid() }))).toBeUndefined();
  expect(uriOf(homeWith(undefined))).toBeUndefined();
});

test("connectTracker: environment variables set the deadline of a request and that of a run", async () => {
  const stub = await startStubServer(() => {});
  onTestFinished(() => stub.close());
  const start = performance.now();
  const request = await track(homeWith(undefined, stub.url, { MLFLOW_HTTP_REQUEST_TIMEOUT: "0.2" }));
  const whole = await track(homeWith(undefined, stub.url, { REKINDLE_TRACKING_TIMEOUT: "0.3" }));
  expect(performance.now() - start).toBeLessThan(5000);
  expect([request.queued, whole.queued]).toEqual([[3], [3]]);
  expect([...request.warned, ...whole.warned]).toEqual([
    `Cannot read experiment "e": ${stub.url} did not answer within 0.2 s; start an MLflow server; ${rest(request.queueFolder)}`,
    `MLflow at ${stub.url} took more than 0.3 s; ${rest(whole.queueFolder)}`,
  ]);
});

test.each(["MLFLOW_HTTP_REQUEST_TIMEOUT", "REKINDLE_TRACKING_TIMEOUT"])(
  "%s that is no time is refused",
  async (name) => {
    for (const value of ["soon", "0", "-1", "1e9"]) {
      await expect(track(homeWith(undefined, "http://127.0.0.1:1", { [name]: value }))).rejects.toThrow(
        new RangeError(`Cannot use ${name}: it is "${value}"; expected seconds, above 0 and at most 86400`),
      );
    }
  },
);
