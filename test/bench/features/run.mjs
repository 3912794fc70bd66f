// CSV to seven features per customer, ours and pandas', each in a process of its own on the same file, in turns.
//
//   npm run bench features                      Online Retail, and the demo with 100,000 customers
//   npm run bench features -- --customers 1000000 [--runs 1]
import { spawn } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { writeDemoAsOnlineRetail } from "rekindle/datasets/demo";

/** @typedef {{ seconds: Record<string, number>, lines: number, customers: number, monetary: number, mean_recency: number, mean_frequency: number }} Figures */
/** @typedef {Figures & { peak: number, wall: number }} Run */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const sides = {
  ours: ["node", here("ours.mjs")],
  pandas: [process.env["REKINDLE_PEERS_PYTHON"] ?? "python3", here("../peers/features.py")],
};

/** Runs one side and follows its peak memory. @param {readonly string[]} command @param {string} csv @returns {Promise<Run>} */
function runOnce([program, ...args], csv) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, [...args, csv], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    let peak = 0;
    const watch = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      } catch {
        // Gone already, or a system without /proc: the peak stays what it was.
      }
    }, 20);
    child.stdout.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watch);
      const wall = (performance.now() - started) / 1000;
      if (code !== 0) reject(new Error(`Cannot measure: "${program} ${args.join(" ")}" ended with code ${code}`));
      else resolve({ .../** @type {Figures} */ (JSON.parse(output)), peak, wall });
    });
  });
}

const median = (/** @type {number[]} */ values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Throws unless both sides did the same work. @param {Run} ours @param {Run} pandas */
function requireAgreement(ours, pandas) {
  for (const name of /** @type {const} */ (["lines", "customers", "monetary", "mean_recency", "mean_frequency"])) {
    if (!(Math.abs(ours[name] - pandas[name]) <= 1e-9 * Math.abs(pandas[name]))) {
      throw new Error(
        `Cannot compare: ${name} is ${ours[name]} here and ${pandas[name]} there, equal figures are needed`,
      );
    }
  }
}

/** @param {string} title @param {string} csv @param {number} runs */
async function compare(title, csv, runs) {
  /** @type {Record<keyof typeof sides, Run[]>} */
  const results = { ours: [], pandas: [] };
  for (let i = 0; i < runs; ++i) {
    for (const side of /** @type {const} */ (["ours", "pandas"])) results[side].push(await runOnce(sides[side], csv));
    requireAgreement(results.ours[i], results.pandas[i]);
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
const runs = Number(values.runs);
if (!(Number.isInteger(runs) && runs >= 1))
  throw new RangeError(`Cannot measure: --runs is ${values.runs}, a whole number from 1 is needed`);
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
