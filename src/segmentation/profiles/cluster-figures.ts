import { requireKnownOptions } from "../../errors.js";
import { isLinearFeature } from "../clusters/linear-features.js";
import { permutationImportance } from "../clusters/permutation-importance.js";
import type { SegmentationModel } from "../clusters/segmentation-model.js";
import { signedLog1p } from "../clusters/signed-log1p.js";
import type { Customers } from "../customers.js";
import { modelFeatures } from "../model-features.js";
import { type ClusterSilhouettes, clusterSilhouettes, rowsInClusters } from "./cluster-silhouettes.js";
import { meanRanks } from "./mean-ranks.js";
import type { GroupProfile } from "./profile-groups.js";
import { separation } from "./separation.js";

/** Customers divided into clusters. */
export interface ClusteredCustomers {
  readonly model: SegmentationModel;
  readonly now: {
    readonly customers: Customers;
    /** Cluster by customer, -1 for those in none, shape (n,). */
    readonly cluster: Int32Array;
  };
  /** Profiles of the clusters. */
  readonly profiles: readonly GroupProfile[];
}

/** Mean ranks of one cluster. */
export interface ClusterRanks {
  readonly name: string;
  readonly customers: number;
  /** Mean rank of its customers among all by axis, in [0, 1]. */
  readonly ranks: readonly number[];
}

/** Importance of one feature for the clusters. */
export interface ClusterImportance {
  readonly feature: string;
  /** True if `between` is computed on logarithms. */
  readonly logarithmic: boolean;
  /** Share of its variance between clusters, in [0, 1]. */
  readonly between: number;
  /** Share of customers that change cluster if it is permuted; null if it is not a clustering feature. */
  readonly permuted: number | null;
}

/** The numbers that charts of clusters show besides profiles. */
export interface ClusterFigures {
  /** Profiles in the order of charts: those in no cluster last. */
  readonly profiles: readonly GroupProfile[];
  /** What each rank is of. */
  readonly axes: readonly string[];
  readonly ranks: readonly ClusterRanks[];
  readonly importances: readonly ClusterImportance[];
  readonly silhouettes: ClusterSilhouettes;
}

/**
 * Computes the numbers that charts of clusters show.
 *
 * @param options.seed Seeds the permutations, and the samples where customers are too many.
 */
export function clusterFigures(clustered: ClusteredCustomers, options: { readonly seed: number }): ClusterFigures {
  requireKnownOptions("compute the figures of clusters", options, { seed: true });
  const { seed } = options;
  const profiles = inOrder(clustered.profiles);
  return {
    profiles,
    ...clusterRanks({ now: clustered.now, profiles }),
    importances: clusterImportances(clustered, seed),
    silhouettes: clusterSilhouettes(clustered, { seed }),
  };
}

function inOrder(profiles: readonly GroupProfile[]): readonly GroupProfile[] {
  return [...profiles].sort((a, b) => Number(a.group < 0) - Number(b.group < 0) || a.group - b.group);
}

/** Mean ranks of the clusters on what is better the more there is of it, as far as all clusters have it. */
function clusterRanks({
  now,
  profiles,
}: Pick<ClusteredCustomers, "now" | "profiles">): Pick<ClusterFigures, "axes" | "ranks"> {
  const { customers: all } = now;
  const numbers = profiles.map(({ group }) => group);
  const places = now.cluster.map((cluster) => numbers.indexOf(cluster));
  const known = [
    ["more recent", all.recencyDays.map((days) => -days)] as const,
    ["more orders", all.frequency] as const,
    ["larger orders", all.avgBasketValue] as const,
    ["more revenue", all.monetary] as const,
    ["longer known", all.daysSinceFirstPurchase] as const,
    ["more engaged", all.engagementScore] as const,
  ].flatMap(([axis, values]) => {
    const ranks = values ? meanRanks(values, places, numbers.length) : [Number.NaN];
    return ranks.some(Number.isNaN) ? [] : [{ axis, ranks }];
  });
  return {
    axes: known.map(({ axis }) => axis),
    ranks: profiles.map(({ name, customers }, i) => ({ name, customers, ranks: known.map(({ ranks }) => ranks[i]) })),
  };
}

/**
 * Measures how well each feature separates the clusters, and how much the clusters depend on it. A feature is judged
 * on the scale on which clusters are made of it; others by their logarithms, except scores and rates.
 */
function clusterImportances({ now, model }: ClusteredCustomers, seed: number): ClusterImportance[] {
  const { features } = now.customers;
  const permuted = permutationImportance(model, modelFeatures(model, now.customers, rowsInClusters(now.cluster)), {
    seed,
  });
  const isLogarithmic = (feature: string) => {
    const scaled = model.scaler.find(({ name }) => name === feature);
    return scaled ? scaled.transform === "log1p" : !isLinearFeature(feature);
  };
  const judged = Object.entries(features).map(
    ([feature, values]) => [feature, isLogarithmic(feature) ? values.map(signedLog1p) : values] as const,
  );
  return separation(Object.fromEntries(judged), now.cluster).map(({ feature, importance }) => ({
    feature,
    logarithmic: isLogarithmic(feature),
    between: importance,
    permuted: permuted.find((one) => one.feature === feature)?.importance ?? null,
  }));
}
