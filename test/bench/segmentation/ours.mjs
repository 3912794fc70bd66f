// Choose k for k-means by silhouette, on a CSV of recency_days, frequency and monetary. Prints one JSON object like
// peers/segment.py, and what the bootstrap and a prediction take beside it.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { daviesBouldinIndex, estimateSilhouette } from "rekindle/evaluation";
import { assignClusters, clusterStability, fitFeatureScaler, fitKmeans, scaleFeatures } from "rekindle/segmentation";

const [csv, refits = "0"] = process.argv.slice(2);
const [head, ...lines] = readFileSync(csv, "utf8").trimEnd().split("\n");
const rows = lines.map((line) => line.split(",").map(Number));
const columns = Object.fromEntries(head.split(",").map((name, j) => [name, Float64Array.from(rows, (row) => row[j])]));

/** @type {Record<string, number>} */
const steps = { scale: 0, "k-means": 0, silhouette: 0, "davies-bouldin": 0 };
/** @template T @param {string} step @param {() => T} work @returns {T} */
function timed(step, work) {
  const start = performance.now();
  const result = work();
  steps[step] = (steps[step] ?? 0) + (performance.now() - start) / 1000;
  return result;
}

const points = timed("scale", () => scaleFeatures(fitFeatureScaler(columns), columns));
const fits = [3, 4, 5, 6, 7, 8].map((k) => {
  const fit = timed("k-means", () => fitKmeans(points, { k, seed: 42, nInit: 10 }));
  const silhouette = timed("silhouette", () => estimateSilhouette(points, fit.labels, { seed: 0 }).score);
  return {
    k,
    inertia: fit.inertia,
    davies_bouldin: timed("davies-bouldin", () => daviesBouldinIndex(points, fit.labels)),
    silhouette,
    fit,
  };
});
const seconds = Object.values(steps).reduce((a, b) => a + b, 0);
if (Number(refits)) {
  timed("bootstrap", () => fits.map(({ fit }) => clusterStability(points, fit, { seed: 42, refits: Number(refits) })));
}
const thousand = { ...points, nRows: 1000, data: points.data.slice(0, 1000 * points.nCols) };
timed("predict 1,000", () => assignClusters(thousand, fits[2].fit.centroids));
const by_k = fits.map(({ fit, ...figures }) => figures);
process.stdout.write(`${JSON.stringify({ seconds, steps, rows: points.nRows, by_k })}\n`);
