// BG/NBD, Pareto/NBD and Gamma-Gamma on all of CDNOW, ours and lifetimes', each in a process of its own on the same
// file, in turns. Ours merges no equal rows here; what merging gains is shown beside it.
//
//   npm run bench btyd
//   npm run bench btyd -- --runs 1
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median, requireAgreement, runSide, wholeNumber } from "../side-by-side.mjs";

/** @typedef {{ seconds: number, params: Record<string, number> }} Fit */
/** @typedef {{ customers: number, bg_nbd: Fit, pareto_nbd: Fit, gamma_gamma: Fit }} Figures */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const sides = {
  ours: ["node", here("ours.mjs")],
  lifetimes: [process.env["REKINDLE_PEERS_PYTHON"] ?? "python3", here("../peers/btyd.py")],
};
const models = /** @type {const} */ (["bg_nbd", "pareto_nbd", "gamma_gamma"]);

/** Their optimizers stop within a few thousandths of the maximum. @param {Figures} ours @param {Figures} theirs */
function requireSameMaxima(ours, theirs) {
  requireAgreement({ customers: ours.customers }, { customers: theirs.customers });
  for (const model of models) requireAgreement(ours[model].params, theirs[model].params, { within: 0.01 });
}

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = wholeNumber(values.runs);
const file = join(process.env["REKINDLE_DATA"] || here("../../../../shared/datasets"), "cdnow", "CDNOW_master.txt");
if (existsSync(file)) {
  /** @type {Record<"ours" | "lifetimes" | "merged", Figures[]>} */
  const results = { ours: [], lifetimes: [], merged: [] };
  for (let i = 0; i < runs; ++i) {
    results.ours.push(await runSide([...sides.ours, file]));
    results.lifetimes.push(await runSide([...sides.lifetimes, file]));
    results.merged.push(await runSide([...sides.ours, file, "--compress"]));
    requireSameMaxima(results.ours[i], results.lifetimes[i]);
    requireSameMaxima(results.merged[i], results.lifetimes[i]);
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
