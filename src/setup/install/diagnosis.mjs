import { statSync } from "node:fs";
import { join } from "node:path";
import { runningMlflow } from "../mlflow.mjs";
import { buildState } from "./compile.mjs";
import { demoState } from "./demo.mjs";
import { kernelState } from "./kernel-spec.mjs";
import { findLeftovers } from "./leftovers.mjs";
import { nodeModulesState } from "./node-modules.mjs";
import { findPrerequisites } from "./prerequisites.mjs";
import { pythonEnvironmentState } from "./python-environment.mjs";
import { findSystemPackages } from "./system-packages.mjs";

/**
 * Part of an installation. `remedy` is the command that fixes it, or null if it is fine.
 *
 * @typedef {Readonly<{
 *   part: string,
 *   state: "present" | "missing" | "stale",
 *   required: boolean,
 *   detail: string,
 *   remedy: string | null,
 * }>} Finding
 */

/**
 * Checks every part without changing anything.
 *
 * @param {import("../places.mjs").Places} places
 * @returns {Promise<readonly Finding[]>}
 */
export async function diagnose(places) {
  const [prerequisites, server] = await Promise.all([findPrerequisites(), runningMlflow(places)]);
  return [
    ...prerequisites.map(({ name, required, found, problem, remedy }) =>
      finding(name, problem === null ? "present" : found === null ? "missing" : "stale", {
        detail: problem ?? `${found} (${required} or later)`,
        remedy,
      }),
    ),
    finding("node modules", nodeModulesState(places), { detail: "node_modules/", remedy: "npm run setup" }),
    finding(".venv", pythonEnvironmentState(places), { detail: "JupyterLab, MLflow", remedy: "npm run setup" }),
    finding("build", buildState(places), { detail: "dist/", remedy: "npm run build" }),
    finding("kernel", kernelState(places), { detail: "TypeScript (Rekindle)", remedy: "npm run setup" }),
    finding("MLflow server", server ? "present" : "missing", {
      required: false,
      detail: server?.uri ?? "not running; npm start and npm run lab start it",
      remedy: "npm run lab",
    }),
    finding("demo data", demoState(places), {
      required: false,
      detail: "datasets/raw/demo/",
      remedy: "npm run rekindle -- data make demo",
    }),
    ...leftovers(places),
    ...openContactKey(places),
    ...findSystemPackages().map(({ name, neededFor, found, remedy }) =>
      finding(name, found ? "present" : "missing", { required: false, detail: `for ${neededFor}`, remedy }),
    ),
  ];
}

/**
 * @param {import("../places.mjs").Places} places
 * @returns {Finding[]}
 */
function leftovers(places) {
  return findLeftovers(places).map(({ path, holds }) =>
    finding("leftover", "stale", {
      required: false,
      detail: holds ? `${path}: the last result of a run that was killed` : `${path}: from a run that was killed`,
      remedy: holds ? "repeat the run, which restores it" : "repeat the run, or delete it",
    }),
  );
}

/**
 * Names the file of the contact key if others can read it: it turns pseudonyms into customers.
 *
 * @param {import("../places.mjs").Places} places
 * @returns {Finding[]}
 */
function openContactKey({ data }) {
  const path = join(data, "datasets", "processed", ".contact-key");
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  if (process.platform === "win32" || (mode & 0o077) === 0) return [];
  const detail = `${path}: others can read it (mode ${(mode & 0o777).toString(8)})`;
  return [finding("contact key", "stale", { required: false, detail, remedy: `chmod 600 "${path}"` })];
}

/**
 * @param {string} part
 * @param {Finding["state"]} state
 * @param {{ detail: string, remedy: string, required?: boolean }} options
 * @returns {Finding}
 */
function finding(part, state, { detail, remedy, required = true }) {
  return { part, state, required, detail, remedy: state === "present" ? null : remedy };
}

/**
 * Returns true if no required part is missing. Stale parts are updated at the next start.
 *
 * @param {readonly Finding[]} findings
 */
export function isComplete(findings) {
  const prerequisites = new Set(["node", "npm", "python"]);
  return findings.every(
    ({ part, state, required }) => !required || state === "present" || (state === "stale" && !prerequisites.has(part)),
  );
}
