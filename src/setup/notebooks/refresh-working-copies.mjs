import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { isAlive } from "../child.mjs";
import { writeFileWhole } from "../install/stamp.mjs";
import { planWorkingCopies } from "./working-copies.mjs";

/** @typedef {import("../places.mjs").Places} Places */

/**
 * Brings the working copies of the shipped notebooks up to date, and returns a line for each that changed or needs a
 * decision. A copy that somebody changed is never written, and other files of the folder are never read.
 *
 * Every file is written under a temporary name and renamed, so that a process that is killed loses nothing.
 *
 * @param {Places} places
 * @param {{ say?: (note: string) => void }} [options]
 * @returns {readonly string[]}
 * @throws {Error} If the folder cannot be written.
 */
export function refreshWorkingCopies(places, { say } = {}) {
  try {
    mkdirSync(places.workingCopies, { recursive: true });
    sweep(places.workingCopies);
    const names = readdirSync(places.notebooks).filter((name) => name.endsWith(".ipynb"));
    const pairs = names.sort().map((name) => ({
      name,
      original: readFileSync(join(places.notebooks, name), "utf8"),
      copy: textAt(join(places.workingCopies, name)),
    }));
    const lines = planWorkingCopies(pairs).map((plan) => carryOut(plan, places));
    const told = lines.filter((line) => line !== undefined);
    say?.(`${relative(places.home, places.workingCopies)}/${told.length ? "" : ", up to date"}`);
    return told;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot prepare ${relative(places.home, places.workingCopies)}: ${why}`, { cause });
  }
}

/**
 * @param {import("./working-copies.mjs").CopyAction} plan
 * @param {Places} places
 * @returns {string | undefined} A line, if there is something to say.
 */
function carryOut(plan, places) {
  const path = join(places.workingCopies, plan.name);
  const copy = relative(places.home, path);
  const original = relative(places.home, join(places.notebooks, plan.name));
  if (plan.action === "keep") return undefined;
  if (plan.action === "conflict") {
    return `${copy}: kept, you and the original both changed; the new original is ${original}, to take it move your copy away and start again`;
  }
  const earlier = plan.action === "refresh" && plan.kept ? keep(places, plan.name) : undefined;
  writeFileWhole(path, plan.text);
  if (plan.action === "create") return `${copy}: new copy of ${original}`;
  const outputs =
    earlier === undefined ? "" : `; the former copy with its outputs is ${relative(places.home, earlier)}`;
  return `${copy}: refreshed, the original changed${outputs}`;
}

/**
 * Copies a working copy into `earlier/`, under a name made from its content, so that no other file is overwritten.
 *
 * @param {Places} places
 * @param {string} name
 */
function keep(places, name) {
  const text = readFileSync(join(places.workingCopies, name), "utf8");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const path = join(places.workingCopies, "earlier", name.replace(/\.ipynb$/, `-${hash}.ipynb`));
  if (!existsSync(path)) writeFileWhole(path, text);
  return path;
}

/**
 * Removes what a refresh that was killed did not finish.
 *
 * @param {string} folder
 */
function sweep(folder) {
  for (const name of readdirSync(folder)) {
    // As `writeFileWhole` names it.
    const [, owner] = /\.ipynb\.(\d+)\.tmp$/.exec(name) ?? [];
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(join(folder, name), { force: true });
  }
}

/** @param {string} path */
function textAt(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
