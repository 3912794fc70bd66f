import { expect, test } from "vitest";
import { clusterFigures, clusterSilhouettes } from "../../src/segmentation/index.js";
import { describedByHand } from "./hand-made.js";

const described = await describedByHand();
const figures = clusterFigures(described, { seed: 7 });

test("clusterFigures: clusters come by number, customers in none last", () => {
  expect(figures.profiles.map(({ group }) => group)).toEqual([0, 1, 2, -1]);
  expect(figures.ranks.map(({ name }) => name)).toEqual(figures.profiles.map(({ name }) => name));
});

test("clusterFigures: ranks are of what all clusters have, from 0 to 1", () => {
  const engaged = ["more recent", "more orders", "larger orders", "more revenue", "longer known", "more engaged"];
  expect(figures.axes).toEqual(engaged);
  // Champions are a1 to a5: by orders places 11 to 15 of 15.
  expect(figures.ranks[0].ranks[1]).toBeCloseTo((10 + 11 + 12 + 13 + 14) / 5 / 14, 12);
  // By recency a1 at 5 days is the most recent of 15, a5 at 33 days place 7 from the most recent.
  expect(figures.ranks[0].ranks[0]).toBeCloseTo((14 + 13 + 11 + 10 + 8) / 5 / 14, 12);
  const { engagementScore: _, ...customers } = described.now.customers;
  const without = clusterFigures({ ...described, now: { ...described.now, customers } }, { seed: 7 });
  expect(without.axes).toEqual(engaged.slice(0, -1));
});

test("clusterFigures: importances are of every feature, permuted only for those of the model", () => {
  const byFeature = new Map(figures.importances.map((one) => [one.feature, one]));
  expect([...byFeature.keys()].sort()).toEqual(Object.keys(described.now.customers.features).sort());
  expect(byFeature.get("engagement_score")).toMatchObject({ logarithmic: false, permuted: null });
  expect(byFeature.get("monetary")?.permuted).toBeGreaterThan(0);
});

test("clusterFigures: silhouettes are of the customers in clusters", () => {
  expect(figures.silhouettes.clusters).toHaveLength(14);
  const { silhouettes } = figures.silhouettes;
  const mean = Array.from(silhouettes).reduce((sum, one) => sum + one, 0) / silhouettes.length;
  expect(mean).toBeCloseTo(described.model.metrics["silhouette"], 12);
});

test("clusterSilhouettes: a sample keeps every cluster and is the same for one seed", () => {
  const times = 60;
  const tiled = (values: ArrayLike<number>) => Array.from({ length: times }, () => Array.from(values)).flat();
  const { customers, cluster } = described.now;
  const features = Object.fromEntries(
    Object.entries(customers.features).map(([name, values]) => [name, Float64Array.from(tiled(values))]),
  );
  const now = { customers: { ...customers, features }, cluster: Int32Array.from(tiled(cluster)) };
  const sample = () => clusterSilhouettes({ ...described, now }, { seed: 3, most: 200 });
  const { silhouettes, clusters } = sample();
  expect(new Set(Array.from(clusters))).toEqual(new Set([0, 1, 2]));
  expect(clusters.length).toBeLessThan(14 * times);
  expect(silhouettes).toHaveLength(clusters.length);
  expect(sample()).toEqual(sample());
});
