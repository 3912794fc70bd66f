import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workspaceAt } from "../../src/storage/environment.js";
import { freePort } from "../tracking/mlflow-server.js";
import { writeFiles } from "./temporary-folder.js";

const START_MS = 120_000;
const token = "for-tests-only";
let port: number;
let folder: string;
let lab: ReturnType<typeof spawn>;
const original = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rekindle-lab-"));
  writeFiles(folder, { "notebooks/01-cleaning.ipynb": original, "notebooks/work/01-cleaning.ipynb": original });
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

/** The answer to a request for a file of the lab. */
async function contents(path: string, method = "GET", body?: unknown) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/contents/${path}`, {
    method,
    headers: { ...withToken, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { writable, message }: { writable?: boolean; message?: string } = JSON.parse((await answer.text()) || "{}");
  return { status: answer.status, writable, message };
}

test("the lab opens shipped notebooks read-only and names their working copies, which it saves", async () => {
  const [shipped, copy] = ["notebooks/01-cleaning.ipynb", "notebooks/work/01-cleaning.ipynb"];
  expect(await contents(shipped)).toMatchObject({ status: 200, writable: false });
  expect(await contents(copy)).toMatchObject({ status: 200, writable: true });
  const cells = [{ cell_type: "markdown", id: "a", metadata: {}, source: "mine" }];
  const saved = { type: "notebook", format: "json", content: { ...JSON.parse(original), cells } };
  const refused = [
    [await contents(shipped, "PUT", saved), "save"],
    [await contents(shipped, "PATCH", { path: "notebooks/mine.ipynb" }), "rename"],
    [await contents(copy, "PATCH", { path: shipped }), "replace"],
    [await contents(shipped, "DELETE"), "delete"],
  ] as const;
  for (const [answer, action] of refused) {
    const message = `Cannot ${action} "${shipped}": it is the original; work in ${copy}`;
    expect(answer).toMatchObject({ status: 403, message });
  }
  expect(readFileSync(join(folder, shipped), "utf8")).toBe(original);
  expect(await contents(copy, "PUT", saved)).toMatchObject({ status: 200 });
  expect(readFileSync(join(folder, copy), "utf8")).toContain("mine");
  expect(await contents("notebooks/mine.ipynb", "PUT", saved)).toMatchObject({ status: 201 });
  expect(existsSync(join(folder, "notebooks", "mine.ipynb"))).toBe(true);
});
