// ROC AUC and isotonic calibration on 1,000,000 rows, ours and scikit-learn's, each in a process of its own, in turns.
//
//   npm run bench metrics [-- --rows 1000000 --runs 5]
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median, requireAgreement, runSide, showSeconds, wholeNumber } from "../side-by-side.mjs";

/** @typedef {{ seconds: Record<string, number>, figures: Record<string, number>, peak: number }} Run */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const sides = {
  ours: ["node", here("ours.mjs")],
  python: [process.env["REKINDLE_PEERS_PYTHON"] ?? "python3", here("theirs.py")],
};

/** Scores in [0, 1) with some ties, and labels that follow them, but not along a straight line. @param {number} n */
function makeProblem(n) {
  let state = 7;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const scores = Float64Array.from({ length: n }, () =>
    uniform() < 0.1 ? Math.round(100 * uniform()) / 100 : uniform(),
  );
  const labels = scores.map((score) => (uniform() < score * score ? 1 : 0));
  return { scores, labels };
}

const { values } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, runs: { type: "string", default: "5" } },
});
const [rows, runs] = [values.rows, values.runs].map(wholeNumber);
const folder = mkdtempSync(join(tmpdir(), "rekindle-bench-"));
try {
  const paths = { scores: join(folder, "scores"), labels: join(folder, "labels") };
  const { scores, labels } = makeProblem(rows);
  writeFileSync(paths.scores, scores);
  writeFileSync(paths.labels, labels);
  const problem = JSON.stringify({ ...paths, repeats: 5 });
  /** @type {Record<"ours" | "python", Run[]>} */
  const results = { ours: [], python: [] };
  for (let i = 0; i < runs; ++i) {
    // Who goes first changes, so that what else the machine does falls on both.
    const order = /** @type {const} */ (i % 2 ? ["python", "ours"] : ["ours", "python"]);
    for (const side of order) results[side].push(await runSide([...sides[side], problem]));
    requireAgreement(results.ours[i].figures, results.python[i].figures);
  }
  console.log(`${rows} rows; median of ${runs}`);
  for (const step of Object.keys(results.ours[0].seconds)) {
    const [ours, python] = [results.ours, results.python].map((all) => median(all.map(({ seconds }) => seconds[step])));
    const ratio = median(results.ours.map(({ seconds }, i) => results.python[i].seconds[step] / seconds[step]));
    console.log(
      `  ${step.padEnd(15)} ours ${showSeconds(ours)}, scikit-learn ${showSeconds(python)}: ${ratio.toFixed(2)} times as fast`,
    );
  }
  const [ours, python] = [results.ours, results.python].map((all) => Math.round(median(all.map(({ peak }) => peak))));
  console.log(`  peak memory     ours ${ours} MiB, scikit-learn ${python} MiB`);
} finally {
  rmSync(folder, { recursive: true });
}
