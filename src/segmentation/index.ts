export { alignClusters, type ClusterAlignment } from "./align-clusters.js";
export { assignClusters } from "./assign-clusters.js";
export {
  type ClusterCountCandidate,
  type ClusterCountChoice,
  type ClusterCountOptions,
  type ClusterCountProgress,
  chooseClusterCount,
} from "./choose-cluster-count.js";
export { type CompareRefitOptions, compareRefit, type RefitComparison } from "./compare-refit.js";
export {
  type ClusterCountFacts,
  type ClusterCountLimits,
  type ClusterCountVerdict,
  decideClusterCount,
} from "./decide-cluster-count.js";
export {
  type FeatureScaler,
  fitFeatureScaler,
  type ScaledFeature,
  type ScalerOptions,
  scaleFeatures,
} from "./feature-scaler.js";
export { findKnee } from "./find-knee.js";
export { fitKmeans, type KmeansFit, type KmeansOptions } from "./kmeans.js";
export { isLinearFeature } from "./linear-features.js";
export { type MigrationMatrix, migrationMatrix } from "./migration-matrix.js";
export { fitMiniBatchKmeans, type MiniBatchKmeansOptions } from "./mini-batch-kmeans.js";
export { clusterMeans, nameClusters, uniqueClusterNames } from "./name-clusters.js";
export { type PermutationImportance, permutationImportance } from "./permutation-importance.js";
export {
  type Centre,
  type Distinction,
  type ProfileColumns,
  type ProfileOptions,
  profileSegments,
  type SegmentProfile,
} from "./profile-segments.js";
export {
  type RetrainFacts,
  type RetrainOptions,
  type RetrainRule,
  type RetrainVerdict,
  retrainVerdict,
} from "./retrain-verdict.js";
export { type RuleColumns, type RuleSegments, ruleSegments } from "./rule-segments.js";
export { segmentInWords } from "./segment-in-words.js";
export {
  type Migration,
  type SegmentByCustomer,
  type SegmentMigration,
  segmentMigration,
} from "./segment-migration.js";
export { type Mover, type MoverOptions, segmentMovers } from "./segment-movers.js";
export {
  type RuleInput,
  type SegmentRule,
  segmentOf,
  standardSegmentRules,
  strictSegmentRules,
} from "./segment-rules.js";
export { segmentRulesOf } from "./segment-rules-of.js";
export {
  parseSegmentationModel,
  predictSegments,
  type SegmentationModel,
  TOO_FEW_ORDERS,
} from "./segmentation-model.js";
export { type FeatureSeparation, separation } from "./separation.js";
export { signedLog1p } from "./signed-log1p.js";
export { silhouetteVerdict } from "./silhouette-verdict.js";
export { type SizeChange, type SizeDrift, sizeDrift } from "./size-drift.js";
export { sizeDriftInWords } from "./size-drift-in-words.js";
export { type ClusterStability, clusterStability, type StabilityOptions } from "./stability.js";
