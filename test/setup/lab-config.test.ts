import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workspaceAt } from "../../src/storage/environment.js";
import { freePort } from "../tracking/mlflow-server.js";

const START_MS = 120_000;
const token = "for-tests-only";
let port: number;
let folder: string;
let lab: ReturnType<typeof spawn>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rekindle-lab-"));
  port = await freePort();
  const args = [`--config=${join(process.cwd(), "src", "setup", "lab-config.py")}`, "--no-browser", "--allow-root"];
  const place = ["--ServerApp.ip=127.0.0.1", `--ServerApp.port=${port}`, "--ServerApp.port_retries=0"];
  const root = [`--ServerApp.root_dir=${folder}`, `--IdentityProvider.token=${token}`];
  lab = spawn(join(workspaceAt(".").venv, "bin", "jupyter-lab"), [...args, ...place, ...root], {
    cwd: folder,
    env: { ...process.env, JUPYTER_CONFIG_DIR: folder, JUPYTER_DATA_DIR: folder, JUPYTER_RUNTIME_DIR: folder },
    stdio: "ignore",
  });
  const deadline = Date.now() + START_MS;
  while ((await ask("/api", {}).catch(() => undefined)) === undefined) {
    if (lab.exitCode !== null || Date.now() > deadline) throw new Error(`JupyterLab did not start: ${lab.exitCode}`);
    await setTimeout(200);
  }
}, START_MS);

afterAll(async () => {
  if (lab.exitCode === null) {
    lab.kill("SIGKILL");
    await once(lab, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

/** The status of an answer, and the origin that it may be read by. */
async function ask(path: string, headers: Record<string, string>, method = "GET") {
  const sent = request({ host: "127.0.0.1", port, path, method, headers }).end();
  const [answer] = await Promise.race([
    once(sent, "response"),
    once(sent, "upgrade").then(([response, socket]) => {
      socket.destroy();
      return [response];
    }),
  ]);
  answer.resume();
  return { status: answer.statusCode as number, readableBy: answer.headers["access-control-allow-origin"] as unknown };
}

const foreign = ["http://elsewhere.example", "http://127.0.0.1:1", "null"];
const withToken = { authorization: `token ${token}` };

test("the lab answers its own pages, and programs that have the token", async () => {
  const own = { origin: `http://127.0.0.1:${port}` };
  expect(await ask("/api/contents", { ...withToken, ...own })).toMatchObject({ status: 200 });
  expect(await ask(`/api/contents?token=${token}`, own)).toMatchObject({ status: 200 });
  expect(await ask("/api/contents", withToken)).toMatchObject({ status: 200 });
  expect(await ask("/api/contents", own)).toMatchObject({ status: 403 });
});

test.each(foreign)("the lab refuses a page of %s that has the token", async (origin) => {
  const asked = [
    await ask("/api/contents", { ...withToken, origin }),
    await ask(`/api/contents?token=${token}`, { origin }),
    await ask("/api/terminals", { ...withToken, origin }, "POST"),
    await ask("/api/kernels", { ...withToken, origin }, "POST"),
  ];
  expect(asked).toEqual(asked.map(() => ({ status: 404, readableBy: undefined })));
  expect(await ask(`/lab?token=${token}`, { origin })).toMatchObject({ readableBy: undefined });
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
  };
  expect(await ask("/api/events/subscribe", { ...withToken, ...upgrade, origin })).toMatchObject({ status: 403 });
});
