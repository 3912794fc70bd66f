// ROC AUC and isotonic calibration on the table that run.mjs wrote. Prints one JSON object like theirs.py.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { applyCalibrator, fitIsotonic } from "rekindle/calibration";
import { rocAucScore } from "rekindle/evaluation";

const problem = JSON.parse(process.argv[2]);
const floats = (/** @type {string} */ path) => new Float64Array(new Uint8Array(readFileSync(path)).buffer);
const [scores, labels] = [floats(problem.scores), floats(problem.labels)];
/** @type {Record<string, number>} */
const seconds = {};

/** @template T @param {string} name @param {() => T} call @returns {T} */
function measure(name, call) {
  const times = [];
  /** @type {T | undefined} */
  let answer;
  for (let i = 0; i < problem.repeats; ++i) {
    const started = performance.now();
    answer = call();
    times.push((performance.now() - started) / 1000);
  }
  seconds[name] = times.sort((a, b) => a - b)[times.length >> 1];
  return /** @type {T} */ (answer);
}

const auc = measure("ROC AUC", () => rocAucScore(labels, scores));
const calibrator = measure("isotonic fit", () => fitIsotonic(scores, labels));
const fitted = measure("isotonic apply", () => applyCalibrator(calibrator, scores));
const mean = fitted.reduce((sum, value) => sum + value, 0) / fitted.length;
process.stdout.write(JSON.stringify({ seconds, figures: { "ROC AUC": auc, "mean of fitted": mean } }));
