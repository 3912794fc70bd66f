import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../child.mjs";

/** Minimum versions of prerequisites. */
export const REQUIRED = { node: "20.19.0", npm: "9.0.0", python: "3.11.0" };

/**
 * Prerequisite and the version found.
 *
 * @typedef {Readonly<{ name: "node" | "npm" | "python", required: string, found: string | null, problem: string | null, remedy: string }>} Prerequisite
 */

/**
 * Returns the first version number in a text, such as "v20.19.1", "Python 3.11.7" or "3.13.0rc1".
 *
 * @param {string} text
 * @returns {readonly [number, number, number] | null}
 */
export function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : null;
}

/**
 * Returns true if a version is at least the required one; false for a text without a version number.
 *
 * @param {string} found
 * @param {string} required
 */
export function isAtLeast(found, required) {
  const [a, b] = [parseVersion(found), parseVersion(required)];
  if (!a || !b) return false;
  const differing = a.findIndex((number, i) => number !== b[i]);
  return differing < 0 || a[differing] > b[differing];
}

/**
 * Finds Node, npm and Python as a child process would.
 *
 * @param {{ env?: NodeJS.ProcessEnv, nodeVersion?: string }} [options] Both default to those of this process.
 * @returns {Promise<readonly Prerequisite[]>}
 */
export async function findPrerequisites({ env = process.env, nodeVersion = process.version } = {}) {
  const [npm, python] = await Promise.all([
    ask("npm", ["--version"], env),
    // Debian packages Python without ensurepip and venv.
    ask("python3", ["-c", "import platform; print(platform.python_version()); import ensurepip, venv"], env),
  ]);
  const pythonFound = python && (parseVersion(python.output)?.join(".") ?? null);
  const pythonRemedy = "apt-get install -y python3 python3-venv";
  const incomplete = `python3 ${pythonFound} cannot create an environment: it lacks ensurepip or venv`;
  return [
    prerequisite(
      "node",
      nodeVersion.replace(/^v/, ""),
      "install Node.js 20.19 or later, for example by nvm install 20",
    ),
    prerequisite("npm", npm && (parseVersion(npm.output)?.join(".") ?? null), "install npm, which comes with Node.js"),
    prerequisite("python", pythonFound, pythonRemedy, python && python.code !== 0 ? incomplete : null),
  ];
}

/**
 * @param {Prerequisite["name"]} name
 * @param {string | null} found
 * @param {string} remedy
 * @param {string | null} [otherProblem]
 * @returns {Prerequisite}
 */
function prerequisite(name, found, remedy, otherProblem = null) {
  const required = REQUIRED[name];
  const needed = `${LABELS[name]} ${required.replace(/\.0$/, "")} or later is required`;
  let problem = otherProblem;
  if (found === null) problem = `${COMMANDS[name]} was not found; ${needed}`;
  else if (!isAtLeast(found, required)) problem = `${COMMANDS[name]} is ${found}; ${needed}`;
  return { name, required, found, problem, remedy };
}

const LABELS = { node: "Node.js", npm: "npm", python: "Python" };
const COMMANDS = { node: "node", npm: "npm", python: "python3" };

/**
 * Throws if a prerequisite is missing or too old, with a one-line message.
 *
 * @param {readonly Prerequisite[]} prerequisites
 */
export function requirePrerequisites(prerequisites) {
  const problems = prerequisites.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  if (problems.length) throw new Error(`Cannot set up: ${problems.join("; ")}`);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function ask(command, args, env) {
  if (!findProgram(command, env)) return null;
  return run(command, args, { env }).catch(() => null);
}

/**
 * Returns the path of a program on PATH, or null.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 */
export function findProgram(name, env = process.env) {
  const folders = (env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
