import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runNotebook } from "../../src/pipeline/notebooks/run-notebook.js";
import { isAlive } from "../setup/is-alive.js";
import { home, kernelEnvironment, requireBuilt } from "./kernel-driver.js";
import { makeNotebook } from "./make-notebook.js";

let folder: string;
let env: Awaited<ReturnType<typeof kernelEnvironment>>;

beforeAll(async () => {
  requireBuilt();
  folder = await mkdtemp(join(tmpdir(), "rekindle-killed-"));
  env = { ...(await kernelEnvironment(join(folder, "jupyter"))), TMPDIR: folder };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Temporary folders of notebook runs. */
const temporary = async () => (await readdir(folder)).filter((name) => name.startsWith("rekindle-notebook."));

test("a run that is killed takes its runner and kernel along, and the next run removes its folder", async () => {
  const path = join(folder, "21-waits.ipynb");
  const pids = join(folder, "pids");
  const cell = `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(pids)}, process.ppid + " " + process.pid);
await new Promise((resolve) => setTimeout(resolve, 600_000));`;
  await writeFile(path, JSON.stringify(makeNotebook(cell)));
  const options = JSON.stringify({ path, outputFolder: join(folder, "out"), home });
  const script = `import { runNotebook } from "rekindle/pipeline"; await runNotebook({ ...${options}, env: process.env });`;
  const run = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: home, env, stdio: "ignore" });
  await expect.poll(() => existsSync(pids), { timeout: 120_000 }).toBe(true);
  const family = (await readFile(pids, "utf8")).split(" ").map(Number);
  expect(family.map(isAlive)).toEqual([true, true]);
  expect(await temporary()).toHaveLength(1);
  run.kill("SIGKILL");
  await expect.poll(() => family.filter(isAlive), { timeout: 20_000 }).toEqual([]);

  await writeFile(path, JSON.stringify(makeNotebook("1")));
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  try {
    await runNotebook({ path, outputFolder: join(folder, "out"), home, env });
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  expect(await temporary()).toEqual([]);
}, 300_000);
