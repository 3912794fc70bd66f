import { requireKnownOptions } from "../../errors.js";
import { MAX_COMPARED, silhouetteSamples, stratifiedSample } from "../../evaluation/index.js";
import { createRandom } from "../../numeric/index.js";
import { scaleFeatures } from "../clusters/feature-scaler.js";
import type { SegmentationModel } from "../clusters/segmentation-model.js";
import type { Customers } from "../customers.js";
import { modelFeatures } from "../model-features.js";

/** Silhouettes of customers in clusters. */
export interface ClusterSilhouettes {
  /** Silhouette by customer, in [-1, 1], shape (n,). */
  readonly silhouettes: Float64Array;
  /** Cluster by customer, shape (n,). */
  readonly clusters: Int32Array;
}

/**
 * Computes the silhouettes of the customers in clusters. Where they are more than `most`, of a random part of each cluster
 * proportional to its size, but never so small that the cluster is lost; the sampled are compared with each other.
 */
export function clusterSilhouettes(
  {
    now,
    model,
  }: {
    readonly now: { readonly customers: Customers; readonly cluster: Int32Array };
    readonly model: SegmentationModel;
  },
  options: { readonly seed: number; readonly most?: number },
): ClusterSilhouettes {
  requireKnownOptions("compute the silhouettes of clusters", options, { seed: true, most: true });
  const { seed, most = MAX_COMPARED } = options;
  const all = rowsInClusters(now.cluster);
  const rows = all.length > most ? drawnByCluster(all, now.cluster, { seed, most }) : all;
  const clusters = Int32Array.from(rows, (row) => now.cluster[row]);
  const points = scaleFeatures(model.scaler, modelFeatures(model, now.customers, rows));
  return { silhouettes: silhouetteSamples(points, clusters), clusters };
}

/** Samples a part of each cluster as `estimateSilhouette` does. */
function drawnByCluster(
  all: readonly number[],
  cluster: Int32Array,
  { seed, most }: { readonly seed: number; readonly most: number },
): number[] {
  const numbers = [...new Set(all.map((row) => cluster[row]))].sort((a, b) => a - b);
  const members = numbers.map((own) => all.filter((row) => cluster[row] === own));
  return stratifiedSample(members, { most, random: createRandom(seed) }).flat();
}

/** Returns the rows of the customers who are in a cluster. */
export function rowsInClusters(cluster: Int32Array): number[] {
  return Array.from(cluster.keys()).filter((row) => cluster[row] >= 0);
}
