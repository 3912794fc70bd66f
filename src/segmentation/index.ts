export { type Assignments, assignSegments } from "./assign-segments.js";
export { alignClusters, type ClusterAlignment } from "./clusters/align-clusters.js";
export {
  type ClusterCountCandidate,
  type ClusterCountChoice,
  type ClusterCountOptions,
  type ClusterCountProgress,
  chooseClusterCount,
} from "./clusters/choose-cluster-count.js";
export { type ClusterCountStep, clusterCountMetrics } from "./clusters/cluster-count-metrics.js";
export { type ClusterCountRemark, clusterCountRemarks } from "./clusters/cluster-count-remarks.js";
export { clusterMeans } from "./clusters/cluster-means.js";
export { type CompareRefitOptions, compareRefit, type RefitComparison } from "./clusters/compare-refit.js";
export {
  type ClusterCountCheck,
  type ClusterCountChoiceReason,
  type ClusterCountFacts,
  type ClusterCountLimits,
  type ClusterCountReason,
  type ClusterCountVerdict,
  decideClusterCount,
} from "./clusters/decide-cluster-count.js";
export {
  type FeatureScaler,
  fitFeatureScaler,
  type ScaledFeature,
  type ScalerOptions,
  scaleFeatures,
} from "./clusters/feature-scaler.js";
export { findKnee } from "./clusters/find-knee.js";
export { isLinearFeature } from "./clusters/linear-features.js";
export { nameClusters } from "./clusters/name-clusters.js";
export { type PermutationImportance, permutationImportance } from "./clusters/permutation-importance.js";
export { type SegmentPrototype, segmentPrototypes } from "./clusters/segment-prototypes.js";
export {
  predictClusters,
  type SegmentationModel,
} from "./clusters/segmentation-model.js";
export {
  decodeSegmentationModel,
  encodeSegmentationModel,
  parseSegmentationModel,
  SegmentationModelFile,
} from "./clusters/segmentation-model-file.js";
export { signedLog1p } from "./clusters/signed-log1p.js";
export { silhouetteVerdict } from "./clusters/silhouette-verdict.js";
export { type ClusterStability, clusterStability, type StabilityOptions } from "./clusters/stability.js";
export { uniqueClusterNames } from "./clusters/unique-cluster-names.js";
export {
  type CustomerColumns,
  type Customers,
  customersOf,
  OPTIONAL_FEATURES,
  REQUIRED_FEATURES,
  type RuleColumns,
} from "./customers.js";
export { type CategorySpend, type DescribedSegments, describeSegments } from "./describe-segments.js";
export { exampleFeatures } from "./example-features.js";
export { type FitSegmentationOptions, type FittedSegmentation, fitSegmentation } from "./fit-segmentation.js";
export { type JudgedFit, judgeFit } from "./judge-fit.js";
export { assignClusters } from "./kmeans/assign-clusters.js";
export { fitKmeans, type KmeansOptions } from "./kmeans/kmeans.js";
export type { KmeansFit } from "./kmeans/kmeans-fit.js";
export { fitMiniBatchKmeans, type MiniBatchKmeansOptions } from "./kmeans/mini-batch-kmeans.js";
export {
  type AverageCustomer,
  averageCustomer,
  type Distinction,
  type ProfileColumn,
  type ProfileValues,
} from "./profiles/average-customer.js";
export {
  type ClusteredCustomers,
  type ClusterFigures,
  type ClusterImportance,
  type ClusterRanks,
  clusterFigures,
} from "./profiles/cluster-figures.js";
export { type ClusterSilhouettes, clusterSilhouettes } from "./profiles/cluster-silhouettes.js";
export { meanRanks } from "./profiles/mean-ranks.js";
export {
  type Centre,
  type GroupProfile,
  type ProfileOptions,
  profileGroups,
} from "./profiles/profile-groups.js";
export { type FeatureSeparation, separation } from "./profiles/separation.js";
export { requireCustomers } from "./require-customers.js";
export { averageGaps } from "./rules/average-gaps.js";
export {
  checkRuleSegments,
  type EmptyReason,
  type MetCondition,
  type RuleCheck,
  type RuleCheckOptions,
} from "./rules/check-rule-segments.js";
export { fitRulesOf } from "./rules/fit-rules-of.js";
export { type FittedSegmentRules, fitSegmentRules, type RuleFitRemark } from "./rules/fit-segment-rules.js";
export {
  type FittedRuleUse,
  type ResolvedRules,
  type ResolveRulesOptions,
  type RuleOrigin,
  resolveRules,
} from "./rules/resolve-rules.js";
export { type RuleSegments, ruleSegments } from "./rules/rule-segments.js";
export {
  type RuleCondition,
  type RuleInput,
  type SegmentRule,
  segmentOf,
  standardSegmentRules,
  strictSegmentRules,
} from "./rules/segment-rules.js";
export { type SegmentRuleKind, segmentRuleKind, segmentRulesOf } from "./rules/segment-rules-of.js";
export { type SegmentCustomersOptions, type SegmentedCustomers, segmentCustomers } from "./segment-customers.js";
export { segmentMembers } from "./segment-members.js";
export { segmentMetrics } from "./segment-metrics.js";
export { type MigrationCrosstab, migrationCrosstab } from "./transitions/migration-crosstab.js";
export { type MoverFlow, moverFlows } from "./transitions/mover-flows.js";
export {
  type RetrainFacts,
  type RetrainOptions,
  type RetrainRule,
  type RetrainVerdict,
  retrainVerdict,
} from "./transitions/retrain-verdict.js";
export {
  type Migration,
  type SegmentByCustomer,
  type SegmentMigration,
  segmentMigration,
} from "./transitions/segment-migration.js";
export { type Mover, type MoverOptions, segmentMovers } from "./transitions/segment-movers.js";
export { segmentSizesBefore } from "./transitions/segment-sizes-before.js";
export { type SizeChange, type SizeDrift, sizeDrift } from "./transitions/size-drift.js";
export { type TransitionMatrix, transitionMatrix } from "./transitions/transition-matrix.js";
