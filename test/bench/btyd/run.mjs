// BG/NBD, Pareto/NBD and Gamma-Gamma on all of CDNOW, ours and lifetimes', on the same file, in turns, each side in a
// fresh process that fits one model after the other. Ours merges no equal rows for the comparison; then every model,
// with MBG/NBD, is fitted as the product fits it, which has to take less than a second.
//
//   npm run bench btyd
//   npm run bench btyd -- --runs 1
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median, requireAgreement, runSide, wholeNumber } from "../side-by-side.mjs";

/** @typedef {{ seconds: number, params: Record<string, number> }} Fit */
/** @typedef {{ customers: number, bg_nbd: Fit, pareto_nbd: Fit, gamma_gamma: Fit, mbg_nbd: Fit }} Figures */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const sides = {
  ours: ["node", here("ours.mjs")],
  merged: ["node", here("ours.mjs"), "--compress"],
  lifetimes: [process.env["REKINDLE_PEERS_PYTHON"] ?? "python3", here("../peers/btyd.py")],
};
const compared = /** @type {const} */ (["bg_nbd", "pareto_nbd", "gamma_gamma"]);
const models = /** @type {const} */ ([...compared, "mbg_nbd"]);

/** Their optimizers stop within a few thousandths of the maximum. @param {Figures} ours @param {Figures} theirs */
function requireSameMaxima(ours, theirs) {
  requireAgreement({ customers: ours.customers }, { customers: theirs.customers });
  for (const model of compared) requireAgreement(ours[model].params, theirs[model].params, { within: 0.01 });
}

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = wholeNumber(values.runs);
const file = join(process.env["REKINDLE_DATA"] || here("../../../../shared/datasets"), "cdnow", "CDNOW_master.txt");
if (existsSync(file)) {
  /** @type {Record<"ours" | "lifetimes" | "merged", Figures[]>} */
  const results = { ours: [], lifetimes: [], merged: [] };
  for (let i = 0; i < runs; ++i) {
    // Who goes first changes, so that what else the machine does falls on all.
    const order = /** @type {const} */ (["ours", "lifetimes", "merged"]);
    for (const side of i % 2 ? order.toReversed() : order) results[side].push(await runSide([...sides[side], file]));
    requireSameMaxima(results.ours[i], results.lifetimes[i]);
    requireSameMaxima(results.merged[i], results.lifetimes[i]);
  }
  const secondsOf = (/** @type {Figures[]} */ all, /** @type {typeof models[number]} */ model) =>
    median(all.map((figures) => figures[model].seconds));
  console.log(
    `CDNOW: ${results.ours[0].customers} customers; median of ${runs}, each side in a fresh process, in turns`,
  );
  for (const model of compared) {
    const [ours, theirs] = [secondsOf(results.ours, model), secondsOf(results.lifetimes, model)];
    const verdict = `${(theirs / ours).toFixed(2)} times as fast`;
    console.log(`  ${model.padEnd(12)} ours ${ours.toFixed(3)} s, lifetimes ${theirs.toFixed(3)} s: ${verdict}`);
  }
  console.log("As the product fits, equal rows merged; less than a second each is wanted");
  for (const model of models) {
    const seconds = secondsOf(results.merged, model);
    console.log(`  ${model.padEnd(12)} ${seconds.toFixed(3)} s: ${seconds < 1 ? "met" : "missed"}`);
  }
} else console.log(`CDNOW is left out: "${file}" is not there`);
