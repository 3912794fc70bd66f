import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { main } from "../../src/cli/main.js";
import { openTracker, readQueue, withRun } from "../../src/tracking/index.js";
import { startStubServer } from "../tracking/stub-server.js";
import { fakeEffects } from "./fake-effects.js";

test("mlflow sync says when what answers is not MLflow", async () => {
  const server = createServer((_, response) => response.writeHead(404).end("no such page")).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const effects = fakeEffects({ env: { REKINDLE_HOME: "/nowhere", MLFLOW_TRACKING_URI: uri } });
  await expect(main(["mlflow", "sync"], effects)).rejects.toThrow(
    `Cannot sync: ${uri} is not an MLflow server; set MLFLOW_TRACKING_URI to one`,
  );
});

test("mlflow sync of a server that hangs ends after MLFLOW_HTTP_REQUEST_TIMEOUT and keeps the queue", async () => {
  const home = await mkdtemp(join(tmpdir(), "rekindle-sync-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const queueFolder = join(home, "mlruns", "queue");
  const tracker = openTracker({ client: undefined, queueFolder, now: Date.now, warn: () => {} });
  await withRun(tracker, "e", "r", (run) => run.logParams({ a: 1 }));
  const server = await startStubServer(() => {});
  onTestFinished(() => server.close());
  const env = { REKINDLE_HOME: home, MLFLOW_TRACKING_URI: server.url, MLFLOW_HTTP_REQUEST_TIMEOUT: "0.3" };
  const start = performance.now();
  await expect(main(["mlflow", "sync"], fakeEffects({ env }))).rejects.toThrow(
    `Cannot read experiment "e": ${server.url} did not answer within 0.3 s; start an MLflow server`,
  );
  expect(performance.now() - start).toBeLessThan(3000);
  expect(await readQueue(queueFolder)).toHaveLength(1);
});
