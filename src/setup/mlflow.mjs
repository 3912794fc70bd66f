import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endGroup, isAlive } from "./child.mjs";
import { writeFileWhole } from "./install/stamp.mjs";
import { pythonProgram } from "./places.mjs";

/** @typedef {import("./places.mjs").Places} Places */

/**
 * Local tracking server.
 *
 * @typedef {Readonly<{
 *   uri: string,
 *   ours: boolean,
 *   stop: () => Promise<void>,
 * }>} MlflowServer `ours` is true if this process started it; otherwise `stop` has no effect.
 */

/**
 * Content of `mlruns/server.json`: address of the running server, leader of its process group, and the process that will
 * stop it.
 *
 * @typedef {Readonly<{ uri: string, pid: number, owner: number }>} ServerRecord
 */

/**
 * Starts a tracking server on the loopback interface, or joins the running server of this checkout.
 *
 * @param {Places} places
 * @param {object} [options]
 * @param {number} [options.port] First port to try; defaults to 5000.
 * @param {AbortSignal} [options.signal]
 * @param {(note: string) => void} [options.say]
 * @param {number} [options.timeoutSeconds] Startup timeout; defaults to 180.
 * @returns {Promise<MlflowServer>}
 */
export async function startMlflow(places, { port = 5000, signal, say, timeoutSeconds = 180 } = {}) {
  const running = await runningMlflow(places);
  if (running) {
    say?.(`${running.uri}, running already`);
    // If its owner was killed, this process stops it.
    const orphaned = !isAlive(running.owner);
    if (orphaned) writeRecord(places, { ...running, owner: process.pid });
    return { uri: running.uri, ours: orphaned, stop: async () => (orphaned ? stopMlflow(places, running) : undefined) };
  }
  const free = await nextFreePort(port);
  const uri = `http://127.0.0.1:${free}`;
  const note = free === port ? uri : `${uri}, since port ${port} is taken`;
  say?.(`${note}, starting`);
  const pid = launch(places, free);
  const record = { uri, pid, owner: process.pid };
  writeRecord(places, record);
  try {
    await untilHealthy(places, record, { timeoutSeconds, ...(signal && { signal }) });
  } catch (error) {
    await stopMlflow(places, record);
    throw error;
  }
  say?.(note);
  return { uri, ours: true, stop: () => stopMlflow(places, record) };
}

/**
 * Returns the server of this checkout if it responds.
 *
 * @param {Places} places
 * @returns {Promise<ServerRecord | null>}
 */
export async function runningMlflow(places) {
  const path = recordPath(places);
  if (!existsSync(path)) return null;
  /** @type {ServerRecord} */
  let record;
  try {
    record = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  const ours = isAlive(record.pid) && commandOf(record.pid).includes(places.mlruns);
  return ours && (await isHealthy(record.uri)) ? record : null;
}

/**
 * Returns the first free port from `port` on.
 *
 * @param {number} port
 * @returns {Promise<number>}
 */
export async function nextFreePort(port) {
  for (let candidate = port; candidate < port + 100; ++candidate) if (await isFree(candidate)) return candidate;
  throw new Error(`Cannot start a server: ports ${port} to ${port + 99} are in use; free one of them`);
}

/** @param {Places} places */
function recordPath(places) {
  return join(places.mlruns, "server.json");
}

/**
 * @param {Places} places
 * @param {ServerRecord} record
 */
function writeRecord(places, record) {
  writeFileWhole(recordPath(places), `${JSON.stringify(record)}\n`);
}

/**
 * @param {Places} places
 * @param {number} port
 * @returns {number} Process id, also of its group.
 */
function launch(places, port) {
  const artifacts = join(places.mlruns, "artifacts");
  mkdirSync(artifacts, { recursive: true });
  const log = openSync(logPath(places), "w");
  const args = ["server", "--host", "127.0.0.1", "--port", `${port}`, "--workers", "1"];
  args.push("--backend-store-uri", `sqlite:///${join(places.mlruns, "mlflow.db")}`);
  args.push("--artifacts-destination", artifacts);
  const child = spawn(pythonProgram(places, "mlflow"), args, {
    cwd: places.mlruns,
    env: {
      ...process.env,
      MLFLOW_DISABLE_TELEMETRY: "true",
      DO_NOT_TRACK: "true",
      // The job runner evaluates language models: eight processes that double the startup time.
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    },
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  child.on("error", () => {});
  child.unref();
  if (child.pid === undefined)
    throw new Error("Cannot start the MLflow server: .venv has no mlflow; run npm run setup");
  return child.pid;
}

/**
 * @param {Places} places
 * @param {ServerRecord} record
 * @param {{ timeoutSeconds: number, signal?: AbortSignal }} options
 */
async function untilHealthy(places, { uri, pid }, { timeoutSeconds, signal }) {
  const deadline = Date.now() + timeoutSeconds * 1000;
  while (!(await isHealthy(uri))) {
    const why = !isAlive(pid)
      ? "the process ended"
      : Date.now() > deadline
        ? `no response within ${timeoutSeconds} s`
        : null;
    if (why) throw new Error(`Cannot start the MLflow server: ${why}; see mlruns/server.log\n${logTail(places)}`);
    await sleep(200);
    signal?.throwIfAborted();
  }
}

/** @param {Places} places */
function logPath(places) {
  return join(places.mlruns, "server.log");
}

/** @param {Places} places */
function logTail(places) {
  return existsSync(logPath(places))
    ? readFileSync(logPath(places), "utf8").trimEnd().split("\n").slice(-5).join("\n")
    : "";
}

/**
 * Stops the server and its processes, and removes its record.
 *
 * @param {Places} places
 * @param {ServerRecord} record
 */
async function stopMlflow(places, { pid }) {
  endGroup(pid);
  for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 100) await sleep(100);
  // Its workers end with it. A zombie process counts as alive here, so this wait is short.
  for (let waited = 0; isAlive(-pid) && waited < 1000; waited += 100) await sleep(100);
  if (isAlive(-pid)) endGroup(pid, { signal: "SIGKILL" });
  rmSync(recordPath(places), { force: true });
}

/**
 * Returns the command line of a process, to detect a reused process id.
 *
 * @param {number} pid
 */
function commandOf(pid) {
  const answer = spawnSync("ps", ["-ww", "-o", "args=", "-p", `${pid}`], { encoding: "utf8" });
  if (!answer.error) return answer.stdout;
  return existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : "";
}

/**
 * @param {string} uri
 * @returns {Promise<boolean>}
 */
function isHealthy(uri) {
  return new Promise((resolve) => {
    const request = get(`${uri}/health`, { timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(false));
  });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
async function isFree(port) {
  // On some systems, the loopback interface can be bound despite a listener on all interfaces.
  const answered = await new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
  if (answered) return false;
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
