import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adjustedRandScore, daviesBouldinIndex, silhouetteScore } from "../../src/evaluation/index.js";
import {
  assignClusters,
  type ClusterCountCandidate,
  chooseClusterCount,
  fitFeatureScaler,
  fitKmeans,
  nameClusters,
  scaleFeatures,
} from "../../src/segmentation/index.js";
import { type Trusted, trustKnown } from "../features/trust.js";
import { hasRealData } from "../real-data.js";
import { rfmOf } from "../segmentation/rfm-of.js";

/** The rules by which a number of clusters lost, by the figures beside it; none for the one that is chosen. */
function lostBy({ k, smallestShare, stability, silhouette, chosen }: ClusterCountCandidate, best: number) {
  const faults = [
    ...(k > 6 ? ["number"] : []),
    ...(smallestShare < 0.02 ? ["share"] : []),
    ...(stability < 0.8 ? ["stability"] : []),
  ];
  if (faults.length || chosen) return faults;
  return [silhouette < best - 0.03 ? "silhouette" : "fewer"];
}

/** The rules that a number of clusters lost by, as its verdict has them. */
function rulesOf({ checks, reason }: ClusterCountCandidate): string[] {
  const names = {
    "max-clusters": "number",
    "min-clusters": "number",
    "smallest-share": "share",
    stability: "stability",
  };
  if (reason.kind === "checks") return checks.filter(({ passed }) => !passed).map(({ rule }) => names[rule]);
  if (reason.kind === "silhouette") return ["silhouette"];
  return reason.kind === "fewer-clusters" ? ["fewer"] : [];
}

// Clusters of set C of Online Retail as of 2011-12-10, measured with scikit-learn by the reference.
describe.skipIf(!hasRealData)("segments of Online Retail on set C as of 2011-12-10", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    trusted = await trustKnown("online-retail");
  });
  afterAll(() => trusted.close());

  const load = async (minOrders: number) => {
    const rfm = await rfmOf(trusted, "2011-12-10", minOrders);
    const input = { recencyDays: rfm.recency_days, frequency: rfm.frequency, avgBasketValue: rfm.avg_basket_value };
    const { recency_days, frequency, monetary } = rfm;
    const columns = { recency_days, frequency, monetary };
    return { input, points: scaleFeatures(fitFeatureScaler(columns), columns) };
  };

  test("five clusters of customers with at least two orders", async () => {
    const { input, points } = await load(2);
    const fit = fitKmeans(points, { k: 5, seed: 42 });
    expect(fit.inertia).toBeLessThanOrEqual(2358.4);
    expect(silhouetteScore(points, fit.labels)).toBeGreaterThanOrEqual(0.306);
    expect(daviesBouldinIndex(points, fit.labels)).toBeLessThanOrEqual(1.015);
    expect(nameClusters(input, fit.labels).sort()).toEqual([
      "At Risk",
      "Champions",
      "Lost/Churned",
      "New Customers",
      "Promising",
    ]);
    expect(adjustedRandScore(fit.labels, assignClusters(points, fit.centroids))).toBe(1);
  });

  test.each([
    [2, 5, 0.306],
    // Six pass every check as well, and their silhouette of 0.316 is within 0.03 of the best.
    [1, 6, 0.3175],
  ])(
    "cluster count: customers with at least %d orders get %d clusters",
    { timeout: 120_000 },
    async (minOrders, k, silhouette) => {
      const { input, points } = await load(minOrders);
      const choice = await chooseClusterCount(points, {
        seed: 42,
        nameClusters: (labels) => nameClusters(input, labels),
      });
      const five = choice.candidates.find(({ k }) => k === 5);
      expect(choice.chosen, JSON.stringify(choice.candidates, null, 1)).toBe(k);
      expect(five).toMatchObject({
        chosen: k === 5,
        admissible: true,
        silhouetteVerdict: "acceptable",
      });
      expect(five?.silhouette).toBeGreaterThanOrEqual(silhouette);
      expect(five?.stability).toBeGreaterThan(0.8);
      expect(choice.candidates.map(({ k }) => k)).toEqual([3, 4, 5, 6, 7, 8]);
      const best = Math.max(...choice.candidates.filter((one) => one.admissible).map((one) => one.silhouette));
      for (const one of choice.candidates) expect([one.k, rulesOf(one)]).toEqual([one.k, lostBy(one, best)]);
    },
  );
});
