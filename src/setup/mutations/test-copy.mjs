import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../child.mjs";
import { descendants, endAll } from "../family.mjs";

/** Configuration of the copy: quick tests first, since the first failure ends a run. */
const CONFIG = `
import { relative } from "node:path";
import config from "./vitest.config.ts";

class QuickFirst {
  constructor(context) {
    this.context = context;
  }
  shard(files) {
    return files;
  }
  sort(files) {
    const { cache, config } = this.context;
    const key = ({ moduleId, project }) => \`\${project.name}:\${relative(config.root, moduleId)}\`;
    const timed = files.map((file) => [cache.getFileTestResults(key(file))?.duration ?? 0, file]);
    return timed.sort(([a], [b]) => a - b).map(([, file]) => file);
  }
}

export default { ...config, cacheDir: "cache", test: { ...config.test, sequence: { sequencer: QuickFirst } } };
`;

/** Time that a run of `n` test files may take before it counts as endless. */
export const deadlineSeconds = (/** @type {number} */ n) => 60 + 20 * n;

/**
 * Copy of the repository that mutations are made in.
 *
 * @typedef {Readonly<{ folder: string, env: NodeJS.ProcessEnv, signal: AbortSignal }>} TestCopy
 */

/**
 * Outcome of a run of tests: all passed, one failed, a file did not load, the run took longer than its deadline, or it
 * ended with an error although no test failed, as when the process is killed.
 *
 * @typedef {Readonly<{ outcome: "passed" | "failed" | "unloadable" | "endless" | "crashed", failed: readonly string[], output: string }>} Outcome
 */

/**
 * Copies sources and tests, links installed packages, calls `body` with the copy and deletes it.
 *
 * @template T
 * @param {string} home
 * @param {{ signal: AbortSignal }} options
 * @param {(copy: TestCopy) => Promise<T>} body
 */
export async function withTestCopy(home, { signal }, body) {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-mutations-"));
  // The copy is in another folder; a skipped test would detect nothing.
  const env = {
    ...process.env,
    CI: "true",
    REKINDLE_DATA: process.env["REKINDLE_DATA"] || join(home, "..", "shared", "datasets"),
  };
  try {
    for (const name of ["src", "test", "docs", "package.json", "tsconfig.json", "vitest.config.ts"]) {
      cpSync(join(home, name), join(folder, name), { recursive: true });
    }
    for (const name of ["node_modules", ".venv", "dist"]) {
      if (existsSync(join(home, name))) symlinkSync(join(home, name), join(folder, name));
    }
    writeFileSync(join(folder, "mutations.config.mjs"), CONFIG);
    // Times of earlier runs; a cache of its own, since other runs write theirs at any moment.
    const cache = join(home, "node_modules", ".vite");
    if (existsSync(cache)) cpSync(cache, join(folder, "cache"), { recursive: true });
    return await body({ folder, env, signal });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Changes a file of the copy while `body` runs.
 *
 * @template T
 * @param {TestCopy} copy
 * @param {string} file
 * @param {(source: string) => string} change
 * @param {() => Promise<T>} body
 */
export async function withChange({ folder }, file, change, body) {
  const path = join(folder, file);
  const source = readFileSync(path, "utf8");
  writeFileSync(path, change(source));
  try {
    return await body();
  } finally {
    writeFileSync(path, source);
  }
}

/**
 * Runs tests in the copy until the first failure.
 *
 * @param {TestCopy} copy
 * @param {readonly string[]} tests
 * @param {{ seconds?: number }} [options] `seconds` defaults to `deadlineSeconds`.
 * @returns {Promise<Outcome>}
 */
export async function runTests({ folder, env, signal }, tests, { seconds = deadlineSeconds(tests.length) } = {}) {
  const report = join(folder, "report.json");
  rmSync(report, { force: true });
  const vitest = join(folder, "node_modules", "vitest", "vitest.mjs");
  const args = [
    vitest,
    "run",
    ...tests,
    "--config=mutations.config.mjs",
    "--bail=1",
    "--reporter=json",
    `--outputFile=${report}`,
  ];
  const deadline = AbortSignal.timeout(1000 * seconds);
  /** @type {number[]} */
  let started = [];
  // Servers that a test started in a process group of their own would stay.
  deadline.addEventListener("abort", () => (started = descendants()));
  let output = "";
  try {
    const { code, output: text } = await run("node", args, {
      cwd: folder,
      env,
      signal: AbortSignal.any([signal, deadline]),
    });
    signal.throwIfAborted();
    if (code === 0) return { outcome: "passed", failed: [], output: text };
    output = text;
  } catch (error) {
    if (signal.aborted || !deadline.aborted) throw error;
    await endAll(started);
    return { outcome: "endless", failed: tests, output };
  }
  /** @type {{ testResults: { name: string, status: string, message: string, assertionResults: { failureMessages: string[] }[] }[] }} */
  const { testResults } = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : { testResults: [] };
  const failed = testResults.filter(({ status }) => status === "failed");
  // A process that was killed leaves no report.
  if (!failed.length) return { outcome: "crashed", failed: tests, output };
  return {
    outcome: failed.some(({ assertionResults }) => assertionResults.length) ? "failed" : "unloadable",
    failed: failed.map(({ name }) => tests.find((test) => name.endsWith(test)) ?? name),
    output:
      `${failed.flatMap(({ message, assertionResults }) => [message, ...assertionResults.flatMap(({ failureMessages }) => failureMessages)]).join("\n")}\n${output}`.trim(),
  };
}

/**
 * Checks the types of one file and of what it imports.
 *
 * @param {TestCopy} copy
 * @param {string} file
 */
export async function compiles({ folder, env, signal }, file) {
  if (!file.endsWith(".ts")) return true;
  const project = join(folder, "tsconfig.mutation.json");
  writeFileSync(project, JSON.stringify({ extends: "./tsconfig.json", include: [], files: [file] }));
  const compiler = join(folder, "node_modules", "typescript", "bin", "tsc");
  const { code } = await run("node", [compiler, "--noEmit", "-p", project], { cwd: folder, env, signal });
  return code === 0;
}
