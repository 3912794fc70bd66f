import { together } from "../together.mjs";
import { build } from "./compile.mjs";
import { registerKernel } from "./kernel-spec.mjs";
import { installNodeModules } from "./node-modules.mjs";
import { findPrerequisites, requirePrerequisites } from "./prerequisites.mjs";
import { installPythonEnvironment } from "./python-environment.mjs";

/**
 * Running installation.
 *
 * @typedef {object} Installation
 * @property {AbortSignal} signal Aborts dependent tasks if a part fails.
 * @property {Promise<void>} python Settles when `.venv` is installed.
 * @property {Promise<void>} built Settles when `dist` is built.
 */

/**
 * Installs node modules and `.venv` in parallel, builds, and registers the kernel, unless up to date.
 *
 * @param {import("../places.mjs").Places} places
 * @param {object} context
 * @param {import("../progress.mjs").Progress} context.progress
 * @param {AbortSignal} context.signal
 * @param {(installation: Installation) => readonly Promise<unknown>[]} [context.follow] Starts further tasks that need
 *   only some of the parts; they count as parts.
 * @throws {Error} If a prerequisite is missing or too old, or a part fails, after the others have ended.
 */
export async function install(places, { progress, signal: outer, follow = () => [] }) {
  requirePrerequisites(await findPrerequisites());
  const controller = new AbortController();
  const signal = AbortSignal.any([outer, controller.signal]);
  // These two continue if another part fails, to keep finished downloads.
  const nodeModules = progress.step("node modules", (say) => installNodeModules(places, { signal: outer, say }));
  const python = progress.step(".venv", (say) => installPythonEnvironment(places, { signal: outer, say }));
  const built = nodeModules.then(() => progress.step("build", (say) => build(places, { signal, say })));
  const kernel = python.then(() => progress.step("kernel", (say) => registerKernel(places, { say })));
  await together([nodeModules, python, built, kernel, ...follow({ signal, python, built })], controller);
}
