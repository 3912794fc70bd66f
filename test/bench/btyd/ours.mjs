// All of CDNOW in weeks to 1997-09-30 -> BG/NBD, Pareto/NBD, Gamma-Gamma and MBG/NBD, by the product's own fits, on
// uncompressed rows or, with --compress, as the product fits. Prints one JSON object like peers/btyd.py.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { fitBetaGeo, fitGammaGamma, fitModifiedBetaGeo, fitParetoNbd } from "rekindle/models";

/** @typedef {{ x: number[], t_x: number[], T: number[], m_x: number[] }} Histories */

const day = (/** @type {string} */ text) =>
  Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8))) / 86_400_000;

/** @param {string} path @returns {Histories} */
function readHistories(path) {
  const end = day("19970930");
  /** @type {Map<string, Map<number, number>>} */
  const customers = new Map();
  for (const line of readFileSync(path, "utf8").split(/\r?\n/)) {
    const [id, date, , dollars] = line.trim().split(/\s+/);
    if (!/^\d/.test(id) || day(date) > end) continue;
    const days = customers.get(id) ?? new Map();
    customers.set(id, days.set(day(date), (days.get(day(date)) ?? 0) + Number(dollars)));
  }
  /** @type {Histories} */
  const histories = { x: [], t_x: [], T: [], m_x: [] };
  for (const days of customers.values()) {
    const [first, ...later] = [...days.keys()].sort((a, b) => a - b);
    const spend = later.reduce((sum, d) => sum + /** @type {number} */ (days.get(d)), 0);
    histories.x.push(later.length);
    histories.t_x.push(later.length ? (later[later.length - 1] - first) / 7 : 0);
    histories.T.push((end - first) / 7);
    histories.m_x.push(later.length ? spend / later.length : 0);
  }
  return histories;
}

/** @param {() => { parameters: Readonly<Record<string, number>>, logLikelihood: number }} run */
function timed(run) {
  const start = performance.now();
  const { parameters, logLikelihood } = run();
  return { seconds: (performance.now() - start) / 1000, params: parameters, log_likelihood: logLikelihood };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { compress: { type: "boolean", default: false } },
});
const histories = readHistories(positionals[0]);
const { compress } = values;
console.log(
  JSON.stringify({
    customers: histories.x.length,
    bg_nbd: timed(() => fitBetaGeo(histories, { unit: "weeks", compress })),
    pareto_nbd: timed(() => fitParetoNbd(histories, { unit: "weeks", compress })),
    gamma_gamma: timed(() => fitGammaGamma(histories, { compress, withoutSpend: "leave-out" })),
    mbg_nbd: timed(() => fitModifiedBetaGeo(histories, { unit: "weeks", compress })),
  }),
);
