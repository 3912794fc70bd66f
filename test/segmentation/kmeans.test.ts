import { kmeans as mlKmeans } from "ml-kmeans";
import { expect, test } from "vitest";
import { type Matrix, matrixFromRows, takeRows } from "../../src/matrix/index.js";
import { createRandom, integer, normal, type Random } from "../../src/numeric/random.js";
import { assignClusters, fitKmeans, fitMiniBatchKmeans } from "../../src/segmentation/index.js";
import { plusPlusCentroids } from "../../src/segmentation/kmeans/plus-plus-centroids.js";
import { buildPointTree, weighNodes } from "../../src/segmentation/kmeans/point-tree.js";
import { squaredDistance } from "../../src/segmentation/kmeans/squared-distance.js";
import { blobs } from "./blobs.js";

test("finds clusters that are far apart, and says the same twice", () => {
  const points = blobs(4, 50, 1);
  const fit = fitKmeans(points, { k: 4, seed: 3 });
  expect(fit.converged).toBe(true);
  for (let i = 4; i < points.nRows; ++i) expect(fit.labels[i]).toBe(fit.labels[i - 4]);
  expect(fitKmeans(points, { k: 4, seed: 3 })).toEqual(fit);
  expect(Array.from(assignClusters(points, fit.centroids))).toEqual(Array.from(fit.labels));
});

test.each([1, 2, 3])("is as good as ml-kmeans from the same start (seed %d)", (seed) => {
  const points = blobs(6, 30, seed);
  const rows = Array.from({ length: points.nRows }, (_, i) => Array.from(points.data.subarray(2 * i, 2 * i + 2)));
  const start = rows.slice(0, 4);
  const theirs = mlKmeans(rows, 4, { initialization: start, maxIterations: 1000, tolerance: 0 });
  const ours = fitKmeans(points, { k: 4, seed: 0, initialCentroids: matrixFromRows(start), tolerance: 0 });
  expect(Array.from(ours.labels)).toEqual(theirs.clusters);
  ours.centroids.data.forEach((value, i) => {
    expect(value).toBeCloseTo(theirs.centroids[i >> 1][i % 2], 9);
  });
});

test("a weight of 3 is the row three times", () => {
  const points = matrixFromRows([[0], [1], [4], [9]]);
  const repeated = matrixFromRows([[0], [0], [0], [1], [4], [9]]);
  const weighted = fitKmeans(points, { k: 2, seed: 1, sampleWeight: [3, 1, 1, 1] });
  expect(weighted.inertia).toBeCloseTo(fitKmeans(repeated, { k: 2, seed: 1 }).inertia, 12);
});

test("more starts are never worse", () => {
  const points = blobs(7, 20, 5);
  const inertia = [1, 5, 20].map((nInit) => fitKmeans(points, { k: 7, seed: 2, nInit }).inertia);
  expect(inertia[1]).toBeLessThanOrEqual(inertia[0]);
  expect(inertia[2]).toBeLessThanOrEqual(inertia[1]);
});

test("refuses what it cannot divide", () => {
  const points = matrixFromRows([[0], [1]]);
  expect(() => fitKmeans(points, { k: 3, seed: 1 })).toThrow(
    "there are 2 rows; lower k = 3 to at most the number of rows",
  );
  expect(() => fitKmeans(matrixFromRows([[Number.NaN], [1]]), { k: 1, seed: 1 })).toThrow("fitKmeans");
  expect(() => fitKmeans(points, { k: 1, seed: 1, initialCentroids: matrixFromRows([[1, 2]]) })).toThrow(
    "initialCentroids is 1 × 2; expected 1 × 1",
  );
  expect(() => fitKmeans(matrixFromRows([[1e200], [-1e200]]), { k: 1, seed: 1 })).toThrow(
    "squares of the values overflow",
  );
  expect(() => assignClusters(points, matrixFromRows([[1, 2]]))).toThrow("points has 1 columns");
});

/** Rows without structure, some of them alike. */
function cloud(nRows: number, nCols: number, seed: number): Matrix {
  const random = createRandom(seed);
  const rows = Array.from({ length: nRows }, () => Array.from({ length: nCols }, () => normal(random)));
  for (let i = 0; i < nRows / 5; ++i) rows[integer(random, nRows)] = rows[integer(random, nRows)];
  return matrixFromRows(rows);
}

/** Lloyd's algorithm as it is written down: every row is compared with every centroid. */
function plainKmeans(points: Matrix, start: Matrix, weights: readonly number[]) {
  const { nRows, nCols: d, data } = points;
  const centroids = { ...start, data: start.data.slice() };
  let labels = new Int32Array(nRows);
  for (let step = 0; step < 300; ++step) {
    const next = assignClusters(points, centroids);
    const settled = step > 0 && next.every((label, i) => label === labels[i]);
    labels = Int32Array.from(next);
    if (settled) break;
    for (let c = 0; c < centroids.nRows; ++c) {
      const own = Array.from(labels.keys()).filter((i) => labels[i] === c);
      const total = own.reduce((sum, i) => sum + weights[i], 0);
      for (let j = 0; j < d && total > 0; ++j) {
        centroids.data[c * d + j] = own.reduce((sum, i) => sum + weights[i] * data[i * d + j], 0) / total;
      }
    }
  }
  return { labels, centroids };
}

test.each([
  [700, 1, 4],
  [900, 3, 5],
  [900, 3, 8],
  [600, 7, 6],
  [300, 20, 3],
  [40, 2, 4],
])("%d rows of %d columns in %d clusters are divided as without the tree", (nRows, nCols, k) => {
  const points = cloud(nRows, nCols, nRows + nCols);
  const random = createRandom(k);
  // Starts that are rows apart from each other leave no cluster empty.
  const starts = Array.from({ length: k }, (_, c) =>
    points.data.subarray(c * nCols, (c + 1) * nCols).map((value) => value + 0.01 * c),
  );
  for (const weights of [points.data.slice(0, nRows).fill(1), Float64Array.from({ length: nRows }, random.uniform)]) {
    const initialCentroids = matrixFromRows(starts);
    const ours = fitKmeans(points, { k, seed: 0, initialCentroids, tolerance: 0, sampleWeight: weights });
    const plain = plainKmeans(points, initialCentroids, Array.from(weights));
    expect(Array.from(ours.labels)).toEqual(Array.from(plain.labels));
    ours.centroids.data.forEach((value, at) => {
      expect(value).toBeCloseTo(plain.centroids.data[at], 10);
    });
  }
});

/** Greedy k-means++ where every row is looked at, in the order given. */
function plainStarts({ nRows, nCols: d, data }: Matrix, weights: ArrayLike<number>, k: number, random: Random) {
  const nearest = new Float64Array(nRows).fill(Number.POSITIVE_INFINITY);
  const draw = (chances: Float64Array) => {
    let rest = random.uniform() * chances.reduce((a, b) => a + b, 0);
    return chances.findIndex((chance) => {
      rest -= chance;
      return rest < 0;
    });
  };
  const leaves = (row: number) => nearest.map((least, i) => Math.min(least, squaredDistance(data, i, data, row, d)));
  const weighted = (values: Float64Array) => values.map((value, i) => weights[i] * value);
  const rows: number[] = [];
  for (let c = 0; c < k; ++c) {
    const drawn =
      c === 0
        ? [draw(Float64Array.from(weights))]
        : Array.from({ length: 2 + Math.floor(Math.log(k)) }, () => draw(weighted(nearest)));
    const sums = drawn.map((row) => weighted(leaves(row)).reduce((a, b) => a + b, 0));
    const row = drawn[sums.indexOf(Math.min(...sums))];
    nearest.set(leaves(row));
    rows.push(row);
  }
  return rows.flatMap((row) => Array.from(data.subarray(row * d, (row + 1) * d)));
}

test.each([1, 2, 3, 4, 5])("starts are drawn as without the tree (seed %d)", (seed) => {
  const points = cloud(800, 3, seed);
  const weights = Float64Array.from({ length: 800 }, (_, i) => i % 4);
  const tree = buildPointTree(points);
  const masses = weighNodes(tree, weights);
  const ours = plusPlusCentroids(tree, masses, 7, createRandom(seed));
  const plain = plainStarts(tree.points, masses.rowWeights as Float64Array, 7, createRandom(seed));
  expect(Array.from(ours)).toEqual(plain);
});

test("in batches, clusters far apart are found, and a cloud is divided about as well", () => {
  const points = blobs(5, 2000, 1);
  const fit = fitMiniBatchKmeans(points, { k: 5, seed: 3, batchSize: 500 });
  expect(fit.converged).toBe(true);
  for (let i = 5; i < points.nRows; ++i) expect(fit.labels[i]).toBe(fit.labels[i - 5]);
  expect(fitMiniBatchKmeans(points, { k: 5, seed: 3, batchSize: 500 })).toEqual(fit);
  const rows = cloud(20_000, 3, 4);
  const [batches, whole] = [
    fitMiniBatchKmeans(rows, { k: 5, seed: 1, batchSize: 1000 }),
    fitKmeans(rows, { k: 5, seed: 1 }),
  ];
  expect(batches.inertia / whole.inertia).toBeLessThan(1.02);
  // Three batches of 20 rows are a poor start, from which the batches lead away.
  const steps = [1, 300].map((maxSteps) =>
    fitMiniBatchKmeans(rows, { k: 5, seed: 1, batchSize: 20, maxSteps, patience: 300 }),
  );
  expect(steps[1].inertia).toBeLessThan(0.97 * steps[0].inertia);
});

test.each([1, 2, 3])(
  "batches end after steps without a lower smoothed inertia, as many as the patience (seed %d)",
  (seed) => {
    const [nRows, batchSize, patience] = [4000, 200, 2];
    const rows = cloud(nRows, 3, 4);
    const options = { k: 5, seed, batchSize };
    const random = createRandom(seed);
    const draw = (size: number) =>
      takeRows(
        rows,
        Uint32Array.from({ length: size }, () => integer(random, nRows)),
      );
    const start = fitKmeans(draw(3 * batchSize), { k: 5, seed, nInit: 10 });
    let [smoothed, least, waited, steps] = [Number.NaN, Number.POSITIVE_INFINITY, 0, 0];
    while (waited < patience) {
      const { centroids } = steps ? fitMiniBatchKmeans(rows, { ...options, maxSteps: steps, patience: 300 }) : start;
      const batch = draw(batchSize);
      const near = Array.from(assignClusters(batch, centroids), (c, i) =>
        squaredDistance(batch.data, i, centroids.data, c, 3),
      );
      const inertia = near.reduce((sum, each) => sum + each) / batchSize;
      // Twice the batch in all rows and one is how much a batch counts.
      smoothed = steps++ ? smoothed + ((2 * batchSize) / (nRows + 1)) * (inertia - smoothed) : inertia;
      waited = smoothed < least ? 0 : waited + 1;
      least = Math.min(least, smoothed);
    }
    const fit = fitMiniBatchKmeans(rows, { ...options, patience });
    expect([fit.iterations, fit.converged]).toEqual([steps, true]);
  },
);

test("a row as near to two centroids is the first one's", () => {
  const points = matrixFromRows([[5], [-5], [6]]);
  expect(Array.from(assignClusters(points, matrixFromRows([[0], [10], [-10]])))).toEqual([0, 0, 1]);
  expect(Array.from(assignClusters(points, matrixFromRows([[10], [0], [-10]])))).toEqual([0, 1, 0]);
});

test("one batch moves a centroid to the mean of all rows that it has seen", () => {
  const points = blobs(3, 40, 2);
  const [k, seed, batchSize] = [3, 5, 60];
  // The start is on all rows, as they are fewer than three batches; then a batch is drawn.
  const start = fitKmeans(points, { k, seed });
  const random = createRandom(seed);
  const drawn = Array.from({ length: batchSize }, () => integer(random, points.nRows));
  const fit = fitMiniBatchKmeans(points, { k, seed, batchSize, maxSteps: 1 });
  for (let c = 0; c < k; ++c) {
    const seen = [...start.labels.keys(), ...drawn].filter((row) => start.labels[row] === c);
    for (let j = 0; j < 2; ++j) {
      const mean = seen.reduce((sum, row) => sum + points.data[2 * row + j], 0) / seen.length;
      expect(fit.centroids.data[2 * c + j]).toBeCloseTo(mean, 10);
    }
  }
  expect([fit.iterations, fit.converged]).toEqual([1, false]);
});
