import { expect, test } from "vitest";
import { clusterCountMetrics, segmentMetrics } from "../../src/segmentation/index.js";
import { describedByHand } from "./hand-made.js";

// Expected values are worked out by hand from the rows of hand-made.ts.
const described = await describedByHand();

test("segmentMetrics: the fit, customers with too few orders, drift and the retrain verdict", () => {
  expect(segmentMetrics(described)).toEqual({
    ...described.model.metrics,
    ...{ customers: 14, k: 3, too_few_orders: 1, overdue_loyal: 0, segment_drift: 0 },
    ...{ refit_agreement: 13 / 14, retrain: 0 },
  });
});

test("segmentMetrics: no agreement where no earlier fit was possible", () => {
  expect(segmentMetrics({ ...described, refit: undefined })).not.toHaveProperty("refit_agreement");
});

test("clusterCountMetrics: each number of clusters, as a step", () => {
  const [three, four] = described.choice.candidates;
  const steps = clusterCountMetrics(described.choice);
  expect(steps.map(({ step }) => step)).toEqual([3, 4, 5, 6, 7, 8]);
  expect(steps[0].metrics).toEqual({
    ...{ k_inertia: three.inertia, k_silhouette: three.silhouette, k_davies_bouldin: three.daviesBouldin },
    ...{ k_stability_ari: three.stability, k_smallest_share: 4 / 14 },
  });
  expect(steps[1].metrics).toMatchObject({ k_inertia: four.inertia, k_smallest_share: 2 / 14 });
});
