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
  // The link dangles once the Python that it was made from is gone.
  const broken = !existsSync(pythonProgram(places, "python"));
  const state = stampState(stampPath(places), stampFor(places));
  if (state === "present" && !broken) return "present";
  return existsSync(places.venv) ? "stale" : "missing";
}

/**
 * Makes `.venv` and installs the pinned, hashed requirements into it, unless they are there.
 *
 * @param {Places} places
 * @param {{ signal?: AbortSignal, say?: (note: string) => void }} [options]
 */
export async function installPythonEnvironment(places, { signal, say } = {}) {
  if (pythonEnvironmentState(places) === "present") return say?.("up to date");
  // One that was never finished has no stamp, and nobody knows what it lacks; a finished one only needs newer packages.
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
 * By uv, which takes a fifth of pip's time; by pip where uv has no build or cannot do it.
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
    say?.("packages by uv");
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
    if (code === 0) return say?.("installed by uv");
  }
  say?.("packages by pip");
  await runOrThrow("install the Python packages", python, [...pip, requirementsPath(places)], options);
  say?.("installed by pip");
}

/**
 * The lines of one package in a hashed requirements file.
 *
 * @param {string} name
 * @param {string} requirements
 */
export function requirementOf(name, requirements) {
  const lines = requirements.split("\n");
  const first = lines.findIndex((line) => line.startsWith(`${name}==`));
  if (first < 0) throw new SyntaxError(`Cannot find "${name}" in the requirements: no line starts with "${name}=="`);
  const length = lines.slice(first + 1).findIndex((line) => !/^\s+--hash=/.test(line));
  const block = lines.slice(first, length < 0 ? undefined : first + 1 + length);
  return `${block.join("\n").replace(/\s*\\\s*$/, "")}\n`;
}

/** @returns {NodeJS.ProcessEnv} Ours, without what would lead the installers into another environment. */
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

/** @param {Places} places The environment's scripts name its folder, so that a moved checkout needs a new one. */
function stampFor(places) {
  const configuration = join(places.venv, "pyvenv.cfg");
  return stampOf({ files: [requirementsPath(places), configuration], texts: [places.venv] });
}
