import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { run } from "./child.mjs";
import { main } from "./main.mjs";
import { placesAt } from "./places.mjs";
import { drawMutations, nearestTests } from "./random-mutations.mjs";

/** @typedef {import("./random-mutations.mjs").RandomMutation} RandomMutation */

/**
 * Deliberate error in a formula, and the tests that must detect it.
 *
 * @typedef {Readonly<{ file: string, find: string, replace: string, tests: readonly string[] }>} Mutation
 */

/** Share of random mutations that the tests must detect. */
const ENOUGH = 0.95;

// Applies mutations to a copy of the repository and verifies that tests fail: those of the lists in
// test/golden/mutations, or with `--random 200 --seed 7` random ones.
main(async (signal) => {
  const { home } = placesAt();
  const { values, positionals: only } = parseArgs({
    options: { random: { type: "string" }, seed: { type: "string" } },
    allowPositionals: true,
  });
  const copy = mkdtempSync(join(tmpdir(), "rekindle-mutations-"));
  // The copy is in another folder; a skipped test would detect nothing.
  const env = {
    ...process.env,
    CI: "true",
    REKINDLE_DATA: process.env["REKINDLE_DATA"] || join(home, "..", "shared", "datasets"),
  };
  try {
    if (values.random !== undefined) return await mutateAtRandom(home, copy, { ...values, env, signal });
    const mutations = mutationsIn(join(home, "test", "golden", "mutations"), only);
    if (!mutations.length)
      throw new Error(
        `Cannot mutate: there is no list ${only.join(" or ")}; use the name of a file in test/golden/mutations`,
      );
    copyRepository(home, copy);
    return await mutateByLists(copy, mutations, { env, signal });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

/**
 * @param {string} copy
 * @param {readonly Mutation[]} mutations
 * @param {{ env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 */
async function mutateByLists(copy, mutations, { env, signal }) {
  let survived = 0;
  const all = [...new Set(mutations.flatMap(({ tests }) => tests))];
  if (!(await passes(copy, ["run", ...all], { env, signal })))
    throw new Error("Cannot mutate: the tests fail without a mutation; fix them first");
  for (const { file, find, replace, tests } of mutations) {
    const path = join(copy, file);
    const source = readFileSync(path, "utf8");
    if (source.split(find).length !== 2)
      throw new Error(`Cannot mutate "${file}": "${find}" must occur exactly once; update the list`);
    writeFileSync(
      path,
      source.replace(find, () => replace),
    );
    const unnoticed = await passes(copy, ["run", ...tests], { env, signal });
    writeFileSync(path, source);
    if (unnoticed) ++survived;
    console.log(`${unnoticed ? "SURVIVED" : "caught  "}  ${file}  ${find}  ->  ${replace}`);
  }
  console.log(`\n${mutations.length - survived} caught, ${survived} survived`);
  return survived ? 1 : 0;
}

/**
 * @param {string} home
 * @param {string} copy
 * @param {{ random?: string, seed?: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 */
async function mutateAtRandom(home, copy, { random = "", seed = "", env, signal }) {
  for (const [name, value] of Object.entries({ random, seed })) {
    if (!/^[1-9]\d*$/.test(value))
      throw new Error(`Cannot mutate: --${name} is "${value}"; expected an integer of at least 1`);
  }
  const known = /** @type {{ file: string, before: string, after: string, verdict: string }[]} */ (
    JSON.parse(readFileSync(join(home, "test", "golden", "survivors.json"), "utf8"))
  );
  const isEquivalent = (/** @type {RandomMutation} */ { file, before, after }) =>
    known.some(
      (one) => one.verdict === "equivalent" && one.file === file && one.before === before && one.after === after,
    );
  copyRepository(home, copy);
  const drawn = drawMutations(home, { count: Number(random), seed: Number(seed) });
  let [caught, survived] = [0, 0];
  for (const mutation of drawn) {
    const { file, at, find, replace, before, after } = mutation;
    const path = join(copy, file);
    const source = readFileSync(path, "utf8");
    writeFileSync(path, source.slice(0, at) + replace + source.slice(at + find.length));
    let unnoticed = !isEquivalent(mutation);
    const skipped = !unnoticed;
    for (const tests of skipped ? [] : nearestTests(home, file)) {
      unnoticed &&= await passes(copy, ["run", ...tests], { env, signal });
    }
    writeFileSync(path, source);
    if (!skipped) unnoticed ? ++survived : ++caught;
    console.log(
      `${skipped ? "equivalent" : unnoticed ? "SURVIVED  " : "caught    "}  ${file}\n    ${before}\n    ${after}`,
    );
  }
  const share = caught / Math.max(1, caught + survived);
  console.log(`\n${caught} caught, ${survived} survived: ${Math.round(1000 * share) / 10} % caught, seed ${seed}`);
  return share < ENOUGH ? 1 : 0;
}

/**
 * @param {string} copy
 * @param {readonly string[]} args Command of vitest and the tests to run.
 * @param {{ env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 */
async function passes(copy, args, { env, signal }) {
  const vitest = [join(copy, "node_modules", "vitest", "vitest.mjs"), ...args, "--bail=1"];
  const { code } = await run("node", vitest, { cwd: copy, env, signal });
  signal.throwIfAborted();
  return code === 0;
}

/**
 * @param {string} folder
 * @param {readonly string[]} only Names of lists, without ".json"; all if empty.
 * @returns {Mutation[]}
 */
function mutationsIn(folder, only) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const wanted = names.sort().filter((name) => !only.length || only.includes(name.slice(0, -".json".length)));
  return wanted.flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}

/**
 * Copies sources and tests, and links installed packages.
 *
 * @param {string} home
 * @param {string} copy
 */
function copyRepository(home, copy) {
  for (const name of ["src", "test", "docs", "package.json", "tsconfig.json", "vitest.config.ts"]) {
    cpSync(join(home, name), join(copy, name), { recursive: true });
  }
  for (const name of ["node_modules", ".venv", "dist"]) {
    if (existsSync(join(home, name))) symlinkSync(join(home, name), join(copy, name));
  }
}
