// CSV to seven features per customer, ours and pandas', each in a process of its own on the same file, in turns.
//
//   npm run bench features                      Online Retail, and the demo with 100,000 customers
//   npm run bench features -- --customers 1000000 [--runs 1]
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { writeDemoAsOnlineRetail } from "rekindle/datasets/demo";
import { median, requireAgreement, runSide, wholeNumber } from "../side-by-side.mjs";

/** @typedef {{ seconds: Record<string, number>, lines: number, customers: number, monetary: number, mean_recency: number, mean_frequency: number }} Figures */
/** @typedef {Figures & { peak: number, wall: number }} Run */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const sides = {
  ours: ["node", here("ours.mjs")],
  pandas: [process.env["REKINDLE_PEERS_PYTHON"] ?? "python3", here("../peers/features.py")],
};

/** What both sides must have found. @param {Run} run */
const facts = ({ lines, customers, monetary, mean_recency, mean_frequency }) => ({
  lines,
  customers,
  monetary,
  mean_recency,
  mean_frequency,
});

/** @param {string} title @param {string} csv @param {number} runs */
async function compare(title, csv, runs) {
  /** @type {Record<keyof typeof sides, Run[]>} */
  const results = { ours: [], pandas: [] };
  for (let i = 0; i < runs; ++i) {
    for (const side of /** @type {const} */ (["ours", "pandas"]))
      results[side].push(await runSide([...sides[side], csv]));
    requireAgreement(facts(results.ours[i]), facts(results.pandas[i]));
  }
  const [{ lines, customers, monetary }] = results.ours;
  console.log(`${title}: ${lines} lines, ${customers} customers, monetary ${monetary}; median of ${runs}`);
  for (const [side, all] of Object.entries(results)) {
    const steps = Object.keys(all[0].seconds).map(
      (step) => `${step} ${median(all.map((run) => run.seconds[step])).toFixed(2)} s`,
    );
    const [wall, peak] = [median(all.map((run) => run.wall)), median(all.map((run) => run.peak))];
    console.log(`  ${side.padEnd(6)} ${steps.join(", ")}; process ${wall.toFixed(2)} s, peak ${Math.round(peak)} MiB`);
  }
  const ratio = (/** @type {(run: Run) => number} */ of) =>
    median(results.pandas.map(of)) / median(results.ours.map(of));
  console.log(
    `  ratio  ${ratio((run) => run.seconds["total"]).toFixed(2)} times as fast from CSV to features, ${ratio((run) => run.wall).toFixed(2)} as a process, ${(1 / ratio((run) => run.peak)).toFixed(2)} times the memory`,
  );
}

const { values } = parseArgs({
  options: { customers: { type: "string" }, runs: { type: "string", default: "5" } },
});
const runs = wholeNumber(values.runs);
const folder = mkdtempSync(join(tmpdir(), "rekindle-bench-"));
try {
  const packed = join(
    process.env["REKINDLE_DATA"] || here("../../../../shared/datasets"),
    "online_retail",
    "online_retail.csv.gz",
  );
  if (values.customers === undefined) {
    if (existsSync(packed)) {
      const csv = join(folder, "online_retail.csv");
      await pipeline(createReadStream(packed), createGunzip(), createWriteStream(csv));
      await compare("Online Retail", csv, runs);
    } else console.log(`Online Retail is left out: "${packed}" is not there`);
  }
  const customers = Number(values.customers ?? 100_000);
  const csv = join(folder, "demo.csv");
  await writeDemoAsOnlineRetail(csv, { seed: 7, customers });
  await compare(`Demo of ${customers} customers`, csv, values.customers === undefined ? Math.min(runs, 3) : runs);
} finally {
  rmSync(folder, { recursive: true });
}
