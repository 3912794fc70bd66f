// The number of segments by k-means with 10 nInit for k = 3 to 8, with silhouette and Davies-Bouldin, ours and
// scikit-learn's, each in a process of its own on the same file, in turns. The bootstrap, which only ours has, is
// measured in a run of its own.
//
//   npm run bench segmentation                  4,338, 100,000 and 1,000,000 customers
//   npm run bench segmentation -- --customers 100000 [--runs 3] [--refits 100]
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exploreFile } from "rekindle/cleaning";
import { importedDatasets } from "rekindle/datasets";
import { openDuckDb } from "rekindle/engine";
import { openObservations } from "rekindle/features";
import { median, runSide, showSeconds, wholeNumber } from "../side-by-side.mjs";

/** @typedef {{ k: number, inertia: number, silhouette: number, davies_bouldin: number }} ByK */
/** @typedef {{ seconds: number, rows: number, by_k: ByK[], steps: Record<string, number>, peak: number }} Run */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const sides = {
  ours: ["node", here("ours.mjs")],
  python: [process.env["REKINDLE_PEERS_PYTHON"] ?? "python3", here("../peers/segment.py")],
};
const names = /** @type {const} */ (["recency_days", "frequency", "monetary"]);

/** Recency, frequency and monetary of the customers of Online Retail. @param {string} packed */
async function onlineRetail(packed) {
  const known = importedDatasets.find(({ name }) => name === "online-retail");
  if (!known) throw new Error("Cannot measure: online-retail is not among the known datasets");
  const engine = await openDuckDb({ threads: 2 });
  const dataset = await exploreFile(engine, { path: packed, mapping: known.mapping, settings: known.settings });
  const observations = await openObservations(engine, dataset, { asOf: "2011-12-10" });
  const { relation } = await observations.features({ at: "2011-12-10", features: names });
  const rows = await engine.rows(
    `SELECT recency_days, frequency, @money(monetary) AS monetary FROM ${relation} ORDER BY customer_id`,
  );
  engine.close();
  return rows.map((row) => names.map((name) => Number(row[name])));
}

/**
 * As many customers as wanted: all as they are, or drawn with replacement, each figure moved by up to a tenth so that
 * customers stay distinct.
 *
 * @param {readonly number[][]} rows @param {number} customers
 */
function drawn(rows, customers) {
  if (customers === rows.length) return rows;
  let state = 7;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: customers }, () => {
    const row = rows[Math.floor(uniform() * rows.length)];
    return row.map((value) => Math.max(0, value) * (0.9 + 0.2 * uniform()));
  });
}

/** @param {string} csv @param {{ runs: number, refits: string }} options */
async function compare(csv, { runs, refits }) {
  /** @type {Record<"ours" | "python", Run[]>} */
  const results = { ours: [], python: [] };
  for (let i = 0; i < runs; ++i) {
    // Who goes first changes, so that what else the machine does falls on both.
    const order = /** @type {const} */ (i % 2 ? ["python", "ours"] : ["ours", "python"]);
    for (const side of order) results[side].push(await runSide([...sides[side], csv]));
  }
  const refitted = await runSide([...sides.ours, csv, refits]);
  const [ours, python] = [results.ours[0], results.python[0]];
  const steps = Object.entries(ours.steps)
    .filter(([step]) => step !== "predict 1,000")
    .map(([step, value]) => `${step} ${showSeconds(value)}`);
  const ratio = median(results.ours.map(({ seconds }, i) => results.python[i].seconds / seconds));
  const [mine, theirs] = [results.ours, results.python].map((all) => median(all.map(({ seconds }) => seconds)));
  const [peak, theirPeak] = [results.ours, results.python].map((all) => median(all.map((run) => run.peak)));
  console.log(`${ours.rows} customers; median of ${runs}`);
  console.log(
    `  ours ${showSeconds(mine)}, scikit-learn ${showSeconds(theirs)}: ${ratio.toFixed(2)} times as fast; peak ${Math.round(peak)} and ${Math.round(theirPeak)} MiB`,
  );
  const predicting = median(results.ours.map((run) => run.steps["predict 1,000"]));
  console.log(`  ours, the first time: ${steps.join(", ")}`);
  console.log(`  1,000 new customers are put into segments in ${showSeconds(predicting)}, wanted are less than 10 ms`);
  console.log(
    `  ours, ${refits} bootstrap refits for each k besides, of at most 50,000 customers: ${showSeconds(refitted.steps["bootstrap"])}; peak ${Math.round(refitted.peak)} MiB`,
  );
  for (const [i, { k, inertia, silhouette }] of ours.by_k.entries()) {
    const other = python.by_k[i];
    console.log(
      `  k = ${k}: inertia ${inertia.toFixed(1)} and ${other.inertia.toFixed(1)}, silhouette ${silhouette.toFixed(4)} and ${other.silhouette.toFixed(4)}`,
    );
    // Starts differ, so that one side may find a division that the other misses; beyond that the work is not the same.
    if (Math.abs(inertia / other.inertia - 1) > 0.02) {
      throw new Error(`Cannot compare: inertia for k = ${k} is ${inertia} here and ${other.inertia} there`);
    }
  }
}

const { values } = parseArgs({
  options: {
    customers: { type: "string" },
    runs: { type: "string", default: "3" },
    refits: { type: "string", default: "100" },
  },
});
const runs = wholeNumber(values.runs);
const packed = join(
  process.env["REKINDLE_DATA"] || here("../../../../shared/datasets"),
  "online_retail",
  "online_retail.csv.gz",
);
if (!existsSync(packed)) throw new Error(`Cannot measure: "${packed}" does not exist; put Online Retail there`);
const folder = mkdtempSync(join(tmpdir(), "rekindle-bench-"));
try {
  const rows = await onlineRetail(packed);
  const sizes = values.customers === undefined ? [rows.length, 100_000, 1_000_000] : [wholeNumber(values.customers)];
  for (const customers of sizes) {
    const csv = join(folder, `${customers}.csv`);
    const lines = drawn(rows, customers).map((row) => row.join(","));
    writeFileSync(csv, `${names.join(",")}\n${lines.join("\n")}\n`);
    await compare(csv, { runs: customers > 100_000 ? 1 : runs, refits: values.refits });
    rmSync(csv);
  }
} finally {
  rmSync(folder, { recursive: true });
}
