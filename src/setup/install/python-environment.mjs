import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, runOrThrow } from "../child.mjs";
import { pythonProgram } from "../places.mjs";
import { stamped, stampOf, stampState } from "./stamp.mjs";

/** @typedef {import("../places.mjs").Places} Places */

/**
 * @param {Places} places
 * @returns {"present" | "missing" | "stale"}
 */
export function pythonEnvironmentState(places) {
  // The link is broken after its Python was removed.
  const broken = !existsSync(pythonProgram(places, "python"));
  const state = stampState(stampPath(places), stampFor(places));
  if (state === "present" && !broken) return "present";
  return existsSync(places.venv) ? "stale" : "missing";
}

/**
 * Creates `.venv` and installs the pinned, hashed requirements, unless up to date.
 *
 * @param {Places} places
 * @param {{ signal?: AbortSignal, say?: (note: string) => void }} [options]
 */
export async function installPythonEnvironment(places, { signal, say } = {}) {
  if (pythonEnvironmentState(places) === "present") return say?.("up to date");
  // An unfinished environment has no stamp and is recreated; a finished one only needs newer packages.
  const finished = existsSync(stampPath(places)) && existsSync(pythonProgram(places, "python"));
  const options = { cwd: places.home, env: quietEnvironment(), ...(signal && { signal }) };
  await stamped(
    stampPath(places),
    () => stampFor(places),
    async () => {
      say?.("python3 -m venv");
      const clear = finished ? [] : ["--clear"];
      await runOrThrow("make .venv", "python3", ["-m", "venv", ...clear, places.venv], options);
      await installRequirements(places, options, say);
    },
  );
}

/**
 * Installs with uv, which takes a fifth of pip's time; falls back to pip.
 *
 * @param {Places} places
 * @param {import("../child.mjs").ChildOptions} options
 * @param {((note: string) => void) | undefined} say
 */
async function installRequirements(places, options, say) {
  const python = pythonProgram(places, "python");
  const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "-r"];
  const uvRequirements = join(places.venv, "uv-requirements.txt");
  writeFileSync(uvRequirements, requirementOf("uv", readFileSync(requirementsPath(places), "utf8")));
  say?.("uv");
  let { code } = await run(python, [...pip, uvRequirements], options);
  if (code === 0 && existsSync(pythonProgram(places, "uv"))) {
    say?.("installing with uv");
    const install = [
      "pip",
      "install",
      "--quiet",
      "--python",
      python,
      "--require-hashes",
      "-r",
      requirementsPath(places),
    ];
    ({ code } = await run(pythonProgram(places, "uv"), install, options));
    if (code === 0) return say?.("installed with uv");
  }
  say?.("installing with pip");
  await runOrThrow("install the Python packages", python, [...pip, requirementsPath(places)], options);
  say?.("installed with pip");
}

/**
 * Returns the lines of one package in a hashed requirements file.
 *
 * @param {string} name
 * @param {string} requirements
 */
export function requirementOf(name, requirements) {
  const lines = requirements.split("\n");
  const first = lines.findIndex((line) => line.startsWith(`${name}==`));
  if (first < 0)
    throw new SyntaxError(
      `Cannot find "${name}" in the requirements: no line starts with "${name}=="; add it to requirements.in`,
    );
  const length = lines.slice(first + 1).findIndex((line) => !/^\s+--hash=/.test(line));
  const block = lines.slice(first, length < 0 ? undefined : first + 1 + length);
  return `${block.join("\n").replace(/\s*\\\s*$/, "")}\n`;
}

/** @returns {NodeJS.ProcessEnv} The environment of this process without variables that redirect installers. */
function quietEnvironment() {
  const { VIRTUAL_ENV: _, PYTHONHOME: __, PYTHONPATH: ___, ...env } = process.env;
  return { ...env, PIP_DISABLE_PIP_VERSION_CHECK: "1", UV_NO_PROGRESS: "1" };
}

/** @param {Places} places */
function requirementsPath(places) {
  return join(places.setup, "install", "requirements.txt");
}

/** @param {Places} places */
function stampPath(places) {
  return join(places.venv, ".rekindle-stamp");
}

/** @param {Places} places Includes the folder, because scripts of the environment contain its path. */
function stampFor(places) {
  const configuration = join(places.venv, "pyvenv.cfg");
  return stampOf({ files: [requirementsPath(places), configuration], texts: [places.venv] });
}
