// XGBoost and LightGBM, ours and Python's, each in a process of its own on the same table, in turns. Python's side
// runs in .venv, so that both sides load the very same libraries.
//
//   npm run bench boosting [-- --rows 100000 --rounds 50 --threads 2 --runs 5]
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median, requireAgreement, runSide, showSeconds, wholeNumber } from "../side-by-side.mjs";

/** @typedef {{ seconds: Record<string, number>, means: Record<string, number> }} Figures */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const sides = {
  ours: ["node", here("ours.mjs")],
  python: [here("../../../.venv/bin/python"), here("theirs.py")],
};
/** Python's way beside ours, where it has several. */
const compared = [
  ["xgboost train", "xgboost train"],
  ["xgboost predict all", "xgboost predict all"],
  ["xgboost predict one", "xgboost predict one"],
  ["xgboost predict one", "xgboost predict one by DMatrix"],
  ["xgboost predict one", "xgboost predict one by XGBRegressor"],
  ["xgboost predict one", "xgboost predict one of a data frame"],
  ["lightgbm train", "lightgbm train"],
  ["lightgbm predict all", "lightgbm predict all"],
  ["lightgbm predict one", "lightgbm predict one"],
];

/** A table with missing cells, and labels that hang on it. @param {number} nRows @param {number} nCols */
function makeTable(nRows, nCols) {
  let state = 7;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const table = new Float64Array(nRows * nCols);
  const labels = new Float64Array(nRows);
  for (let i = 0; i < nRows; ++i) {
    const row = table.subarray(i * nCols, (i + 1) * nCols);
    for (let j = 0; j < nCols; ++j) row[j] = uniform() + uniform() + uniform();
    labels[i] = 3 * Math.sin(2 * row[0]) + row[1] * row[2] - Math.abs(row[3] - 1.5) + uniform();
    for (let j = 0; j < nCols; ++j) if (uniform() < 0.03) row[j] = Number.NaN;
  }
  return { table, labels };
}

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    rounds: { type: "string", default: "50" },
    threads: { type: "string", default: "2" },
    runs: { type: "string", default: "5" },
  },
});
const [nRows, nRounds, threads, runs] = [values.rows, values.rounds, values.threads, values.runs].map(wholeNumber);
const nCols = 20;
const folder = mkdtempSync(join(tmpdir(), "rekindle-bench-"));
try {
  const paths = { table: join(folder, "table"), labels: join(folder, "labels") };
  const { table, labels } = makeTable(nRows, nCols);
  writeFileSync(paths.table, table);
  writeFileSync(paths.labels, labels);
  const problem = JSON.stringify({ ...paths, nCols, nRounds, threads, nSingles: 2000 });
  /** @type {Record<"ours" | "python", Figures[]>} */
  const results = { ours: [], python: [] };
  for (let i = 0; i < runs; ++i) {
    // Who goes first changes, so that what else the machine does falls on both.
    const order = /** @type {const} */ (i % 2 ? ["python", "ours"] : ["ours", "python"]);
    for (const side of order)
      results[side].push(await runSide([...sides[side], problem], { OMP_WAIT_POLICY: "passive" }));
    requireAgreement(results.ours[i].means, results.python[i].means, { within: 1e-6 });
  }
  console.log(`${nRows} rows, ${nCols} columns, ${nRounds} rounds, ${threads} threads; median of ${runs}`);
  for (const [ourStep, theirStep] of compared) {
    const ours = median(results.ours.map(({ seconds }) => seconds[ourStep]));
    const python = median(results.python.map(({ seconds }) => seconds[theirStep]));
    const ratio = median(results.ours.map(({ seconds }, i) => seconds[ourStep] / results.python[i].seconds[theirStep]));
    const verdict = `${ratio.toFixed(2)} times the time, ${(1 / ratio).toFixed(1)} times as fast`;
    console.log(`  ${theirStep.padEnd(35)} ours ${showSeconds(ours)}, Python ${showSeconds(python)}: ${verdict}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
