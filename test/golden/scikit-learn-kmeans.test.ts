import { expect, test } from "vitest";
import { daviesBouldinIndex, silhouetteScore } from "../../src/evaluation/index.js";
import { type Matrix, matrixFromRows } from "../../src/matrix/index.js";
import { fitKmeans } from "../../src/segmentation/index.js";
import { askPython } from "./ask-python.js";

// scikit-learn, sklearn/cluster/tests/test_k_means.py: test_kmeans_results and test_kmeans_relocated_clusters.
const X = matrixFromRows([
  [0, 0],
  [0.5, 0],
  [0.5, 1],
  [1, 1],
]);

test("test_kmeans_results: weights 3 1 1 3", () => {
  const initialCentroids = matrixFromRows([
    [0, 0],
    [1, 1],
  ]);
  const fit = fitKmeans(X, { k: 2, seed: 0, initialCentroids, sampleWeight: [3, 1, 1, 3] });
  expect(Array.from(fit.labels)).toEqual([0, 0, 1, 1]);
  expect(fit.inertia).toBeCloseTo(0.375, 12);
  expect(Array.from(fit.centroids.data)).toEqual([0.125, 0, 0.875, 1]);
  expect(fit.iterations).toBe(2);
});

test("test_kmeans_relocated_clusters: an empty cluster moves to the farthest row", () => {
  const initialCentroids = matrixFromRows([
    [0.5, 0.5],
    [3, 3],
  ]);
  const fit = fitKmeans(X, { k: 2, seed: 0, initialCentroids });
  const centroids = [fit.centroids.data.slice(0, 2), fit.centroids.data.slice(2)].map((row) => Array.from(row)).sort();
  expect(fit.inertia).toBeCloseTo(0.25, 12);
  expect(centroids).toEqual([
    [0.25, 0],
    [0.75, 1],
  ]);
  expect(fit.iterations).toBe(3);
});

/** The iris data as scikit-learn in .venv has them, raw or standardized. */
const iris = (standardized: boolean): Matrix => matrixFromRows(askPython<number[][]>("iris.py", { standardized }));
const [raw, standardized] = [iris(false), iris(true)];

// Inertia, silhouette and Davies-Bouldin of scikit-learn with 50 starts. Ours has more, and goes lower from
// k = 4, where the scores of another division are no longer comparable.
test.each([
  [2, 222.361705, 0.58175, 0.593313],
  [3, 139.820496, 0.459948, 0.833595],
  [4, 114.092547, undefined, undefined],
  [5, 90.807592, undefined, undefined],
  [6, 79.998558, undefined, undefined],
  [7, 70.719643, undefined, undefined],
  [8, 62.272338, undefined, undefined],
])("iris, standardized, k = %d", (k, inertia, silhouette, daviesBouldin) => {
  const points = standardized;
  const fit = fitKmeans(points, { k, seed: 1, nInit: 2000, tolerance: 0 });
  expect(fit.inertia).toBeLessThanOrEqual(inertia * (1 + 1e-6));
  if (silhouette === undefined || daviesBouldin === undefined) return;
  expect(silhouetteScore(points, fit.labels)).toBeCloseTo(silhouette, 5);
  expect(daviesBouldinIndex(points, fit.labels)).toBeCloseTo(daviesBouldin, 5);
});

test.each([
  [2, 152.347952, 0.681046],
  [3, 78.851441, 0.552819],
])("iris, raw, k = %d", (k, inertia, silhouette) => {
  const points = raw;
  const fit = fitKmeans(points, { k, seed: 1, nInit: 50 });
  expect(fit.inertia).toBeCloseTo(inertia, 5);
  expect(silhouetteScore(points, fit.labels)).toBeCloseTo(silhouette, 5);
});
