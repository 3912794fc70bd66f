import { posix } from "node:path";
import { distancesTo } from "./import-graph.mjs";

/** Tests that start whole programs; they read the compiled program, in which there is no mutation. */
const WHOLE = /^test\/(cli|docs|e2e|notebooks|pages|service|setup|tracking)\/|^test\/[^/]+$/;

/** Rank of tests that run only if no other reaches the file. */
const LAST = 8;

/** Tests of published figures and of whole families. */
const SHARED = /^test\/(golden|invariants)\//;

/**
 * Returns groups of the tests that reach a file, the nearest first: those of its module by the number of imports
 * between, those of published figures and whole families, then those of other modules. Tests of whole programs and
 * pages come only if there is no other.
 *
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph See `importGraph`.
 * @param {string} file
 * @returns {string[][]}
 */
export function nearestTests(graph, file) {
  const [, module] = file.split("/");
  const stem = posix.basename(file).replace(/\.\w+$/, "");
  /** @type {Map<number, string[]>} */
  const groups = new Map();
  for (const [test, distance] of distancesTo(graph, file)) {
    if (!test.endsWith(".test.ts")) continue;
    const namesake = posix.basename(test).startsWith(`${stem}.`);
    const own = test.startsWith(`test/${module}/`);
    const near = Math.min(distance, 3);
    const rank = namesake ? 0 : WHOLE.test(test) ? LAST : own ? near : SHARED.test(test) ? 3 + near : 7;
    groups.set(rank, [...(groups.get(rank) ?? []), test]);
  }
  if (groups.size > 1) groups.delete(LAST);
  return [...groups].sort(([a], [b]) => a - b).map(([, tests]) => tests.sort());
}
