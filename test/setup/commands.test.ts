import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../../src/setup/child.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a script of setup in a copy in which nothing is installed. */
async function runInCopy(script: string, args: readonly string[], env: NodeJS.ProcessEnv, files = {}) {
  const home = join(temporaryFolder(), "clone");
  cpSync(join(ROOT, "src", "setup"), join(home, "src", "setup"), { recursive: true });
  writeFiles(home, files);
  return run(process.execPath, [join(home, "src", "setup", script), ...args], { cwd: home, env });
}

test("in CI the tests do not pass without the real datasets", async () => {
  const env = { ...process.env, CI: "true", REKINDLE_DATA: "" };
  const { code, output } = await runInCopy("test.mjs", [], env);
  expect(code).toBe(1);
  expect(output).toBe(
    "Cannot test: the real datasets were not found; set REKINDLE_DATA or add ../shared/datasets\n\n0 passed, 1 failed\n",
  );
});

test("a benchmark that is not there is refused with those that are, before anything is installed", async () => {
  const files = { "test/bench/features/run.mjs": "", "test/bench/peers/requirements.txt": "" };
  const { code, output } = await runInCopy("bench.mjs", ["feature"], process.env, files);
  expect({ code, output }).toEqual({ code: 2, output: 'Cannot run benchmark "feature": expected one of features\n' });
});

test("the CI script installs what is missing, says that it is CI, and then tests", async () => {
  const folder = temporaryFolder();
  const log = join(folder, "log");
  const record = (name: string) => `#!/bin/sh\necho "${name} $* CI=$CI" >> "${log}"\n`;
  const programs = Object.fromEntries(["apt-get", "npm", "chromium"].map((name) => [name, record(name)]));
  writeFiles(folder, programs, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env["PATH"]}`, CI: "" };
  const { code } = await run("bash", [join(ROOT, ".ci", "run")], { env });
  expect(code).toBe(0);
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  expect(lines.at(-1)).toBe("npm --silent test CI=true");
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^apt-get .*(?:update|libgomp1)/);
});

test("the CI script is sound for its shell and ends with the count of tests", async () => {
  const path = join(ROOT, ".ci", "run");
  expect(await run("bash", ["-n", path])).toEqual({ code: 0, output: "" });
  const { output } = await run("tail", ["-n", "1", path]);
  expect(output).toBe("npm --silent test\n");
});
