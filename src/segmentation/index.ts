export { assignClusters } from "./assign-clusters.js";
export {
  type ClusterCountCandidate,
  type ClusterCountChoice,
  type ClusterCountOptions,
  chooseClusterCount,
} from "./choose-cluster-count.js";
export {
  type FeatureScaler,
  fitFeatureScaler,
  type ScaledFeature,
  type ScalerOptions,
  scaleFeatures,
} from "./feature-scaler.js";
export { findKnee } from "./find-knee.js";
export { fitKmeans, type KmeansFit, type KmeansOptions } from "./kmeans.js";
export { clusterMeans, nameClusters, uniqueClusterNames } from "./name-clusters.js";
export { type RuleColumns, type RuleSegments, ruleSegments } from "./rule-segments.js";
export {
  type RuleInput,
  type SegmentRule,
  segmentOf,
  standardSegmentRules,
  strictSegmentRules,
} from "./segment-rules.js";
export { silhouetteVerdict } from "./silhouette-verdict.js";
export { clusterStability, type StabilityOptions } from "./stability.js";
