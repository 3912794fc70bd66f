import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { nextFreePort, runningMlflow, startMlflow } from "../../src/setup/mlflow.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { isAlive } from "./is-alive.js";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

/** Takes a port of the system's choice and holds it until the test ends. */
function holdPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    onTestFinished(() => void server.close());
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}

/** Answers /health on the port it is told, from a process that it starts, as the real one does with its workers. */
const FAKE_SERVER = `#!/usr/bin/env node
const { spawn } = require("node:child_process");
const port = process.argv[process.argv.indexOf("--port") + 1];
const worker = 'require("http").createServer((q, s) => s.writeHead(q.url === "/health" ? 200 : 404).end()).listen(' + port + ', "127.0.0.1")';
const child = spawn(process.execPath, ["-e", worker], { stdio: "ignore" });
require("node:fs").writeFileSync("worker.pid", String(child.pid));
setInterval(() => {}, 1000);
`;

function homeWith(mlflow: string) {
  const places = placesAt(temporaryFolder());
  writeFiles(places.home, { ".venv/bin/mlflow": mlflow }, { mode: 0o755 });
  return places;
}

test("a free port is taken as it is, and a taken one is passed over", async () => {
  const held = await holdPort();
  const next = await nextFreePort(held);
  expect(next).toBeGreaterThan(held);
  expect(await nextFreePort(next)).toBe(next);
});

test("the server starts on the next port, says so, is written down, and is ended with all its processes", async () => {
  const places = homeWith(FAKE_SERVER);
  const notes: string[] = [];
  const port = await holdPort();
  const server = await startMlflow(places, { port, say: (note) => notes.push(note) });
  onTestFinished(server.stop);
  expect(Number(new URL(server.uri).port)).toBeGreaterThan(port);
  expect(notes.at(-1)).toBe(`${server.uri}, since port ${port} is taken`);
  const record = JSON.parse(readFileSync(join(places.mlruns, "server.json"), "utf8"));
  expect(record).toEqual({ uri: server.uri, pid: expect.any(Number), owner: process.pid });
  const worker = Number(readFileSync(join(places.mlruns, "worker.pid"), "utf8"));
  expect([record.pid, worker].map(isAlive)).toEqual([true, true]);

  await server.stop();
  expect([record.pid, worker].map(isAlive)).toEqual([false, false]);
  expect(existsSync(join(places.mlruns, "server.json"))).toBe(false);
});

test("a running server is joined and not ended by who joined it", async () => {
  const places = homeWith(FAKE_SERVER);
  const first = await startMlflow(places, { port: await holdPort() });
  onTestFinished(first.stop);
  const second = await startMlflow(places);
  expect({ uri: second.uri, ours: second.ours }).toEqual({ uri: first.uri, ours: false });
  await second.stop();
  expect(await runningMlflow(places)).toMatchObject({ uri: first.uri });
});

test("a server whose starter was killed is taken over and ended", async () => {
  const places = homeWith(FAKE_SERVER);
  const first = await startMlflow(places, { port: await holdPort() });
  onTestFinished(first.stop);
  const path = join(places.mlruns, "server.json");
  const record = JSON.parse(readFileSync(path, "utf8"));
  writeFiles(places.mlruns, { "server.json": JSON.stringify({ ...record, owner: 2 ** 22 + 1 }) });
  const second = await startMlflow(places);
  expect(second.ours).toBe(true);
  await second.stop();
  expect(isAlive(record.pid)).toBe(false);
});

test("a record whose process is another program now is not believed, and that program is left alone", async () => {
  const places = homeWith(FAKE_SERVER);
  const record = { uri: "http://127.0.0.1:9", pid: process.pid, owner: process.pid };
  writeFiles(places.mlruns, { "server.json": JSON.stringify(record) });
  expect(await runningMlflow(places)).toBeNull();
});

test("a server that ends at once is reported with its own last words, and leaves no record", async () => {
  const places = homeWith("#!/bin/sh\necho no such table: experiments\nexit 3\n");
  await expect(startMlflow(places, { port: await holdPort() })).rejects.toThrow(
    /^Cannot start the MLflow server: the process ended; see mlruns\/server\.log\nno such table: experiments$/,
  );
  expect(existsSync(join(places.mlruns, "server.json"))).toBe(false);
});

test("an interruption ends a server that is still starting", async () => {
  const places = homeWith(`#!/usr/bin/env node\nsetInterval(() => {}, 1000);\n`);
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 300);
  await expect(startMlflow(places, { port: await holdPort(), signal: controller.signal })).rejects.toThrow("enough");
  expect(existsSync(join(places.mlruns, "server.json"))).toBe(false);
});
