// Trains and predicts by our models on the table that run.mjs wrote. Prints one JSON object like theirs.py.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { fitLightGbmRegressor, fitXGBoostRegressor } from "rekindle/models";

const { table, labels, nCols, nRounds, threads, nSingles } = JSON.parse(process.argv[2]);
const data = floats(table);
const y = floats(labels);
const X = { nRows: y.length, nCols, data };
const options = { seed: 7, nRounds, threads, learningRate: 0.1, subsample: 0.8, columnSample: 0.8 };
// Loads both libraries, which Python does as it imports them.
const few = { nRows: 100, nCols, data: data.subarray(0, 100 * nCols) };
(await fitXGBoostRegressor(few, y.subarray(0, 100), { seed: 7, nRounds: 1, threads })).close();
(await fitLightGbmRegressor(few, y.subarray(0, 100), { seed: 7, nRounds: 1, threads })).close();
/** @type {Record<string, number>} */
const seconds = {};
/** @type {Record<string, number>} */
const means = {};

for (const [name, train] of /** @type {const} */ ([
  ["xgboost", () => fitXGBoostRegressor(X, y, { ...options, maxDepth: 6 })],
  ["lightgbm", () => fitLightGbmRegressor(X, y, { ...options, maxLeaves: 31 })],
])) {
  const started = performance.now();
  const model = await train();
  seconds[`${name} train`] = (performance.now() - started) / 1000;
  const predicting = performance.now();
  const predicted = model.predict(X);
  seconds[`${name} predict all`] = (performance.now() - predicting) / 1000;
  means[name] = predicted.reduce((sum, value) => sum + value, 0) / predicted.length;
  const rows = Array.from({ length: nSingles }, (_, i) => ({
    nRows: 1,
    nCols,
    data: data.slice(i * nCols, (i + 1) * nCols),
  }));
  // As Python's side: what was called before the clock started is warm.
  for (const row of rows.slice(0, 50)) model.predict(row);
  const times = rows.map((row) => {
    const single = performance.now();
    model.predict(row);
    return performance.now() - single;
  });
  // The median: what else the machine does falls on few calls, and on those heavily.
  seconds[`${name} predict one`] = times.sort((a, b) => a - b)[nSingles >> 1] / 1000;
  model.close();
}
console.log(JSON.stringify({ seconds, means }));

/** @param {string} path */
function floats(path) {
  const bytes = readFileSync(path);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
