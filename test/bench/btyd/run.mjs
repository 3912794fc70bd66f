// BG/NBD, Pareto/NBD and Gamma-Gamma on all of CDNOW, ours and lifetimes', each in a process of its own on the same
// file, in turns. Ours merges no equal rows here; what merging gains is shown beside it.
//
//   npm run bench btyd
//   npm run bench btyd -- --runs 1
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** @typedef {{ seconds: number, params: Record<string, number> }} Fit */
/** @typedef {{ customers: number, bg_nbd: Fit, pareto_nbd: Fit, gamma_gamma: Fit }} Figures */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const sides = {
  ours: ["node", here("ours.mjs")],
  lifetimes: [process.env["REKINDLE_PEERS_PYTHON"] ?? "python3", here("../peers/btyd.py")],
};
const models = /** @type {const} */ (["bg_nbd", "pareto_nbd", "gamma_gamma"]);

/** @param {readonly string[]} command @param {readonly string[]} args @returns {Promise<Figures>} */
function runOnce([program, ...first], args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`Cannot measure: "${program} ${first.join(" ")}" ended with code ${code}`));
    });
  });
}

const median = (/** @type {number[]} */ values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Throws unless both sides found the same maxima. @param {Figures} ours @param {Figures} theirs */
function requireAgreement(ours, theirs) {
  if (ours.customers !== theirs.customers) {
    throw new Error(`Cannot compare: ${ours.customers} customers here and ${theirs.customers} there`);
  }
  for (const model of models) {
    for (const [name, value] of Object.entries(ours[model].params)) {
      // Their optimizers stop within a few thousandths of the maximum.
      if (Math.abs(theirs[model].params[name] / value - 1) <= 0.01) continue;
      throw new Error(`Cannot compare: ${name} of ${model} is ${value} here and ${theirs[model].params[name]} there`);
    }
  }
}

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);
if (!(Number.isInteger(runs) && runs >= 1))
  throw new RangeError(`Cannot measure: --runs is ${values.runs}, a whole number from 1 is needed`);
const file = join(process.env["REKINDLE_DATA"] || here("../../../../shared/datasets"), "cdnow", "CDNOW_master.txt");
if (existsSync(file)) {
  /** @type {Record<"ours" | "lifetimes" | "merged", Figures[]>} */
  const results = { ours: [], lifetimes: [], merged: [] };
  for (let i = 0; i < runs; ++i) {
    results.ours.push(await runOnce(sides.ours, [file]));
    results.lifetimes.push(await runOnce(sides.lifetimes, [file]));
    results.merged.push(await runOnce(sides.ours, [file, "--compress"]));
    requireAgreement(results.ours[i], results.lifetimes[i]);
    requireAgreement(results.merged[i], results.lifetimes[i]);
  }
  console.log(`CDNOW: ${results.ours[0].customers} customers; median of ${runs}, each fit in a fresh process`);
  for (const model of models) {
    const seconds = (/** @type {Figures[]} */ all) => median(all.map((figures) => figures[model].seconds));
    const [ours, theirs, merged] = [seconds(results.ours), seconds(results.lifetimes), seconds(results.merged)];
    console.log(
      `  ${model.padEnd(12)} ours ${ours.toFixed(3)} s, lifetimes ${theirs.toFixed(3)} s: ${(theirs / ours).toFixed(2)} times as fast; with equal rows merged ${merged.toFixed(3)} s`,
    );
  }
} else console.log(`CDNOW is left out: "${file}" is not there`);
