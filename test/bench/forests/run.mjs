// Brier scores of random forests on rows not seen, ours and scikit-learn's: same trees, depth and columns per split.
//
//   npm run bench forests [-- --problems 60 --rows 2000 --repeats 5]
//
// Scikit-learn's score is the mean of --repeats forests. --write stores its figures of the first 20 problems, which
// test/models/native/forest-levels.test.ts reads.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runSide, wholeNumber } from "../side-by-side.mjs";
import { makeForestProblem, RATES } from "./problem.mjs";

/** @typedef {{ brier: number[], means: number[] }} Side */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: {
    problems: { type: "string", default: "60" },
    rows: { type: "string", default: "2000" },
    repeats: { type: "string", default: "5" },
    write: { type: "boolean", default: false },
  },
});
const [problems, rows, repeats] = [values.problems, values.rows, values.repeats].map(wholeNumber);
const seeds = Array.from({ length: problems }, (_, i) => i + 1);
const folder = mkdtempSync(join(tmpdir(), "rekindle-bench-"));
try {
  for (const seed of seeds) {
    const { train, test } = makeForestProblem(seed, rows);
    const parts = { trainX: train.X.data, trainY: train.y, testX: test.X.data, testY: test.y };
    for (const [name, part] of Object.entries(parts)) writeFileSync(join(folder, `${seed}-${name}`), part);
  }
  const python = process.env["REKINDLE_PEERS_PYTHON"] ?? "python3";
  /** @type {Side} */
  const theirs = await runSide([python, here("theirs.py"), JSON.stringify({ folder, seeds, repeats, nCols: 6 })]);
  /** @type {Side} */
  const ours = await runSide(["node", here("ours.mjs"), JSON.stringify({ seeds, rows })]);
  for (const rate of RATES) {
    const these = seeds.flatMap((seed, i) => (RATES[seed % RATES.length] === rate ? [i] : []));
    if (!these.length) continue;
    const mean = (/** @type {number[]} */ all) => these.reduce((sum, i) => sum + all[i], 0) / these.length;
    const worst = Math.max(...these.map((i) => ours.brier[i] - theirs.brier[i]));
    console.log(
      `  base rate ${rate}: Brier ours ${mean(ours.brier).toFixed(5)}, scikit-learn ${mean(theirs.brier).toFixed(5)}; worst problem ${worst.toFixed(5)} above; mean prediction ${mean(ours.means).toFixed(4)} and ${mean(theirs.means).toFixed(4)}`,
    );
  }
  if (values.write) {
    const stored = { rows, brier: theirs.brier.slice(0, 20).map((value) => Number(value.toFixed(6))) };
    writeFileSync(here("scikit-learn-brier.json"), `${JSON.stringify(stored)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
