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
import { run } from "./child.mjs";
import { main } from "./main.mjs";
import { placesAt } from "./places.mjs";

/**
 * Deliberate error in a formula, and the tests that must detect it.
 *
 * @typedef {Readonly<{ file: string, find: string, replace: string, tests: readonly string[] }>} Mutation
 */

// Applies each mutation to a copy of the repository and verifies that its tests fail.
main(async (signal) => {
  const { home } = placesAt();
  const only = process.argv.slice(2);
  const mutations = mutationsIn(join(home, "test", "golden", "mutations"), only);
  if (!mutations.length)
    throw new Error(
      `Cannot mutate: there is no list ${only.join(" or ")}; use the name of a file in test/golden/mutations`,
    );
  const copy = mkdtempSync(join(tmpdir(), "rekindle-mutations-"));
  let survived = 0;
  try {
    copyRepository(home, copy);
    const all = [...new Set(mutations.flatMap(({ tests }) => tests))];
    // The copy is in another folder; a skipped test would detect nothing.
    const env = {
      ...process.env,
      CI: "true",
      REKINDLE_DATA: process.env["REKINDLE_DATA"] || join(home, "..", "shared", "datasets"),
    };
    if (!(await passes(copy, all, { env, signal })))
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
      const unnoticed = await passes(copy, tests, { env, signal });
      writeFileSync(path, source);
      if (unnoticed) ++survived;
      console.log(`${unnoticed ? "SURVIVED" : "caught  "}  ${file}  ${find}  ->  ${replace}`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  console.log(`\n${mutations.length - survived} caught, ${survived} survived`);
  return survived ? 1 : 0;
});

/**
 * @param {string} copy
 * @param {readonly string[]} tests
 * @param {{ env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 */
async function passes(copy, tests, { env, signal }) {
  const vitest = [join(copy, "node_modules", "vitest", "vitest.mjs"), "run", "--bail=1", ...tests];
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
