import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  answerOf,
  cleanEnvironment,
  dataFiles,
  lastLine,
  makeHome,
  mustRun,
  readJson,
  rekindle,
  repository,
  start,
} from "./rekindle.js";

const home = makeHome();
const lock = join(home, "datasets", ".locks", "demo.lock");
const run = ["run", "--stages", "clean,features,segment", "--no-figures", "--no-tracking", "--quiet"];
const children: ChildProcess[] = [];
beforeAll(() => mustRun(["data", "make", "demo", "--customers", "300", "--quiet"], { home }));
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A session, such as that of a notebook, in a stage that does not end. */
async function session(): Promise<ChildProcess> {
  const address = pathToFileURL(join(repository, "dist", "pipeline", "index.js")).href;
  const script = `import { cleanStage, openSession } from ${JSON.stringify(address)};
const session = await openSession({ dataset: "demo", seed: 7, script: "my-notebook", say: () => {} });
console.log("begins");
await session.stage({ ...cleanStage, run: () => new Promise((resolve) => setTimeout(resolve, 600_000)) });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: repository,
    env: cleanEnvironment({ REKINDLE_HOME: home }),
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
  while (!existsSync(lock) || !readFileSync(lock, "utf8").includes(`"pid":${child.pid}`)) await sleep(50);
  return child;
}

test("two runs at once: the second waits, and the artifacts are those of one run alone", async () => {
  await mustRun([...run, "--force"], { home });
  const alone = await dataFiles(join(home, "artifacts"));
  const two = [1, 2].map(() => start([...run, "--force", "--wait", "600"], { home }));
  children.push(...two);
  const answers = await Promise.all(two.map(answerOf));
  expect(answers.map(({ code, stderr }) => [code, code === 0 ? "" : stderr])).toEqual([
    [0, ""],
    [0, ""],
  ]);
  expect(await dataFiles(join(home, "artifacts"))).toEqual(alone);
  const { stderr } = await mustRun(
    run.filter((word) => word !== "--quiet"),
    { home },
  );
  expect(stderr.match(/: up to date/g)).toHaveLength(3);
});

test("beside a session's stage a run and an import are refused by name, and continue when its process is killed", async () => {
  const before = await dataFiles(join(home, "artifacts"));
  const child = await session();
  const inUse = new RegExp(
    `^Cannot use the dataset "demo": my-notebook uses it \\(process ${child.pid}, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\\); try again when it has ended, or wait longer with --wait <seconds>$`,
  );
  for (const args of [run, ["data", "make", "demo", "--customers", "300"]]) {
    const refused = await rekindle([...args, "--wait", "0"], { home });
    expect(refused.code, args[0]).toBe(1);
    expect(lastLine(refused.stderr), args[0]).toMatch(inUse);
  }
  expect(await dataFiles(join(home, "artifacts"))).toEqual(before);
  const waiting = start([...run, "--wait", "600"], { home });
  children.push(waiting);
  const answer = answerOf(waiting);
  await sleep(1000);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await answer).toMatchObject({ code: 0 });
  expect(existsSync(lock)).toBe(false);
});

test("an import beside a run leaves artifacts of one import", async () => {
  const running = start([...run, "--force"], { home });
  children.push(running);
  const first = answerOf(running);
  while (!existsSync(lock)) await sleep(20);
  const second = await rekindle(["data", "make", "demo", "--customers", "320", "--wait", "600", "--quiet"], { home });
  expect([second.code, (await first).code]).toEqual([0, 0]);
  const { sha256 } = readJson<{ sha256: string }>(home, "datasets", "raw", "demo", "provenance.json");
  const made = (folder: string) =>
    readJson<{ dataset_sha256: string }>(home, "artifacts", "demo", folder, "manifest.json").dataset_sha256;
  const imports = new Set(["cleaning", "features", "segments"].map(made));
  expect(imports.size).toBe(1);
  expect(imports).not.toContain(sha256);
});
