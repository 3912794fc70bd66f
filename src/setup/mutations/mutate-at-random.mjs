import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drawMutations } from "./draw-mutations.mjs";
import { importGraph } from "./import-graph.mjs";
import { nearestTests } from "./nearest-tests.mjs";
import { compiles, deadlineSeconds, runTests, withChange } from "./test-copy.mjs";

/** @typedef {import("./draw-mutations.mjs").RandomMutation} RandomMutation */
/** @typedef {import("./test-copy.mjs").TestCopy} TestCopy */

/** Share of random mutations that the tests must detect. */
const ENOUGH = 0.95;

/** Multiple of its time without a mutation after which a run of tests counts as endless. */
const PATIENCE = 4;

/**
 * Makes `count` random mutations and prints the outcome of each, nearest tests first.
 *
 * A mutation that does not compile, does not load, is known to change nothing or twice ends the tests without a failure
 * does not count; another takes its place. `from` continues the sequence of the seed.
 *
 * @param {TestCopy} copy
 * @param {{ count: number, seed: number, from: number }} options
 * @returns {Promise<number>} Exit code.
 */
export async function mutateAtRandom(copy, { count, seed, from }) {
  const known = /** @type {{ file: string, before: string, after: string, verdict: string }[]} */ (
    JSON.parse(readFileSync(join(copy.folder, "test", "golden", "survivors.json"), "utf8"))
  );
  const isEquivalent = (/** @type {RandomMutation} */ { file, before, after }) =>
    known.some(
      (one) => one.verdict === "equivalent" && one.file === file && one.before === before && one.after === after,
    );
  const graph = importGraph(copy.folder);
  const drawn = drawMutations(copy.folder, { count: Number.POSITIVE_INFINITY, seed });
  /** @type {Map<string, number>} Seconds of tests that pass without a mutation. */
  const times = new Map();
  let [caught, survived, next] = [0, 0, from];
  for (const mutation of drawn.slice(from - 1)) {
    if (caught + survived === count) break;
    const began = Date.now();
    const { kind, by } = isEquivalent(mutation)
      ? { kind: "equivalent", by: [] }
      : await outcomeOf(copy, mutation, { groups: nearestTests(graph, mutation.file), times });
    if (kind === "caught") ++caught;
    if (kind === "SURVIVED") ++survived;
    const place = `${String(caught + survived).padStart(3)}/${count} draw ${next++}`;
    const seconds = Math.round((Date.now() - began) / 100) / 10;
    console.log(
      `${place}  ${kind}  ${mutation.file}  ${seconds} s  ${by.join(" ")}\n    ${mutation.before}\n    ${mutation.after}`,
    );
  }
  const share = caught / Math.max(1, caught + survived);
  const percent = Math.round(1000 * share) / 10;
  console.log(
    `\n${caught} caught, ${survived} survived: ${percent} % caught, seed ${seed}; continue with --from ${next}`,
  );
  return share < ENOUGH ? 1 : 0;
}

/**
 * Makes a mutation and runs the tests that reach it until one fails that passes without the mutation.
 *
 * @param {TestCopy} copy
 * @param {RandomMutation} mutation
 * @param {{ groups: readonly (readonly string[])[], times: Map<string, number> }} options
 * @returns {Promise<{ kind: "caught" | "SURVIVED" | "not made" | "crashed", by: readonly string[] }>}
 */
async function outcomeOf(copy, { file, at, find, replace }, { groups, times }) {
  const change = (/** @type {string} */ source) => source.slice(0, at) + replace + source.slice(at + find.length);
  const mutated = (/** @type {() => Promise<any>} */ body) => withChange(copy, file, change, body);
  if (!(await mutated(() => compiles(copy, file)))) return { kind: "not made", by: [] };
  for (const tests of groups) {
    let { outcome, failed } = await mutated(() => runTests(copy, tests));
    // Memory may have been short for a moment; what no test reports does not show that a test detects it.
    if (outcome === "crashed") ({ outcome, failed } = await mutated(() => runTests(copy, tests)));
    if (outcome === "crashed") return { kind: "crashed", by: failed };
    if (outcome === "passed") continue;
    const seconds = await secondsOf(copy, failed, times);
    if (outcome === "endless" && PATIENCE * seconds > deadlineSeconds(tests.length)) {
      ({ outcome, failed } = await mutated(() => runTests(copy, tests, { seconds: PATIENCE * seconds })));
      if (outcome === "passed") continue;
    }
    if (outcome === "unloadable") return { kind: "not made", by: failed };
    return { kind: "caught", by: outcome === "endless" ? ["deadline"] : failed };
  }
  return { kind: "SURVIVED", by: [] };
}

/**
 * Returns how long tests take without a mutation; each is measured once.
 *
 * @param {TestCopy} copy
 * @param {readonly string[]} tests
 * @param {Map<string, number>} times
 * @throws {Error} If they fail.
 */
async function secondsOf(copy, tests, times) {
  const missing = tests.filter((test) => !times.has(test));
  for (const test of missing) {
    const began = Date.now();
    const { outcome, output } = await runTests(copy, [test], { seconds: 3600 });
    if (outcome !== "passed")
      throw new Error(`Cannot mutate: ${test} fails without a mutation; fix it first\n${output.slice(0, 3000)}`);
    times.set(test, (Date.now() - began) / 1000);
  }
  return tests.reduce((sum, test) => sum + (times.get(test) ?? 0), 0);
}
