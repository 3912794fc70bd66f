import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { workspaceAt } from "../../src/storage/environment.js";
import { endWithParent } from "./end-with-parent.mjs";

/** A real MLflow server with its store in a temporary folder. */
export interface MlflowServer {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** Ends the server and its children with SIGKILL and waits until they are gone. */
  kill(): Promise<void>;
  /** Starts it, again on the same port and store. With `admin` it asks for a user name and a password. */
  start(options?: { admin?: { username: string; password: string } }): Promise<void>;
  /** {@link kill}, and removes the folder. */
  remove(): Promise<void>;
}

/** Longest time that a start may take on a busy machine, in milliseconds. */
export const START_MS = 180_000;

/** Prepares a server; `start` runs it. */
export async function createMlflowServer(): Promise<MlflowServer> {
  const folder = await mkdtemp(join(tmpdir(), "rekindle-mlflow-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const configPath = join(folder, "auth.ini");
  let child: ChildProcess | undefined;
  let callOff = () => {};

  const server: MlflowServer = {
    url,
    port,
    folder,
    start: async ({ admin } = {}) => {
      if (admin) await writeFile(configPath, authConfig(folder, admin));
      const logPath = join(folder, "server.log");
      const log = openSync(logPath, "a");
      child = spawn(join(workspaceAt(".").venv, "bin", "mlflow"), argumentsOf(folder, port, admin !== undefined), {
        cwd: folder,
        // A process group of its own, so that the workers can be ended with it.
        detached: true,
        stdio: ["ignore", log, log],
        env: {
          ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("MLFLOW_"))),
          MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
          ...(admin ? { MLFLOW_FLASK_SERVER_SECRET_KEY: "for tests only", MLFLOW_AUTH_CONFIG_PATH: configPath } : {}),
        },
      });
      closeSync(log);
      if (child.pid !== undefined) callOff = endWithParent(child.pid);
      const deadline = Date.now() + START_MS;
      while (!(await isHealthy(url))) {
        if (child.exitCode !== null || Date.now() > deadline) {
          throw new Error(`Cannot start MLflow on port ${port}: ${await readFile(logPath, "utf8")}`);
        }
        await setTimeout(200);
      }
    },
    kill: async () => {
      const group = child;
      child = undefined;
      if (group?.pid === undefined || group.exitCode !== null || group.signalCode !== null) return;
      const exit = once(group, "exit");
      callOff();
      process.kill(-group.pid, "SIGKILL");
      await exit;
      while (await isHealthy(url)) await setTimeout(50);
    },
    remove: async () => {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return server;
}

function argumentsOf(folder: string, port: number, hasAuth: boolean): string[] {
  const store = ["--backend-store-uri", `sqlite:///${join(folder, "mlflow.db")}`];
  const files = ["--artifacts-destination", join(folder, "artifacts")];
  const place = ["--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
  return ["server", ...place, ...store, ...files, ...(hasAuth ? ["--app-name", "basic-auth"] : [])];
}

function authConfig(folder: string, { username, password }: { username: string; password: string }): string {
  return [
    "[mlflow]",
    "default_permission = READ",
    `database_uri = sqlite:///${join(folder, "auth.db")}`,
    `admin_username = ${username}`,
    `admin_password = ${password}`,
    "authorization_function = mlflow.server.auth:authenticate_request_basic_auth",
    // Hashing the password for each request would take most of the time of the tests.
    "auth_cache_ttl_seconds = 60",
  ].join("\n");
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("Cannot find a free port");
  return address.port;
}
