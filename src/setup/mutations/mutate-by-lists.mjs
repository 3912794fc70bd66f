import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runTests, withChange } from "./test-copy.mjs";

/**
 * Deliberate error in a formula, and the tests that must detect it.
 *
 * @typedef {Readonly<{ file: string, find: string, replace: string, tests: readonly string[] }>} Mutation
 */

/**
 * Applies mutations one by one and prints which of them no test detects.
 *
 * @param {import("./test-copy.mjs").TestCopy} copy
 * @param {readonly Mutation[]} mutations
 * @returns {Promise<number>} Exit code.
 */
export async function mutateByLists(copy, mutations) {
  let survived = 0;
  const all = [...new Set(mutations.flatMap(({ tests }) => tests))];
  const { outcome, failed, output } = await runTests(copy, all, { seconds: 3600 });
  if (outcome !== "passed")
    throw new Error(
      `Cannot mutate: ${failed.join(" and ")} fails without a mutation; fix it first\n${output.slice(0, 3000)}`,
    );
  for (const [index, { file, find, replace, tests }] of mutations.entries()) {
    const change = (/** @type {string} */ source) => {
      if (source.split(find).length !== 2)
        throw new Error(`Cannot mutate "${file}": "${find}" must occur exactly once; update the list`);
      return source.replace(find, () => replace);
    };
    const { outcome } = await withChange(copy, file, change, () => runTests(copy, tests));
    const kind = outcome === "passed" ? "SURVIVED" : outcome === "crashed" ? "CRASHED " : "caught  ";
    // What no test reports does not show that a test detects it.
    if (kind !== "caught  ") ++survived;
    const place = `${String(index + 1).padStart(3)}/${mutations.length}`;
    console.log(`${place}  ${kind}  ${file}  ${find}  ->  ${replace}`);
  }
  console.log(`\n${mutations.length - survived} caught, ${survived} survived`);
  return survived ? 1 : 0;
}

/**
 * Reads lists of mutations.
 *
 * @param {string} folder
 * @param {readonly string[]} only Names of lists, without ".json"; all if empty.
 * @returns {Mutation[]}
 * @throws {Error} If a list is missing.
 */
export function mutationsIn(folder, only) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const missing = only.filter((name) => !names.includes(`${name}.json`));
  if (missing.length)
    throw new Error(
      `Cannot mutate: there is no list ${missing.join(" or ")}; use the name of a file in test/golden/mutations`,
    );
  const wanted = names.sort().filter((name) => !only.length || only.includes(name.slice(0, -".json".length)));
  return wanted.flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}
