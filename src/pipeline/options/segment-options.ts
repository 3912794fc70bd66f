import { didYouMean } from "../../errors.js";
import {
  choice,
  defineOptions,
  type GivenOptions,
  namesOption,
  numberOption,
  optional,
  pathOption,
  switchOption,
  weightsOption,
  wholeNumber,
} from "./option-schema.js";
import { sharedOptions } from "./shared-options.js";

/** Default features of clusters. */
export const defaultSegmentFeatures = ["recency_days", "frequency", "monetary"];

/** Named lists of features. */
export const featureLists: Readonly<Record<string, readonly string[]>> = {
  rfm: defaultSegmentFeatures,
  "rfm-extended": [
    ...["recency_days", "frequency", "avg_basket_value", "monetary"],
    ...["engagement_score", "purchase_frequency_per_month", "days_since_first_purchase"],
  ],
};

/** Options of `segment`. */
export const segmentOptions = defineOptions({
  nClusters: optional(wholeNumber("Number of clusters; overrides automatic selection", { minimum: 2 })),
  features: namesOption(`Features of clusters, or a list: ${Object.keys(featureLists).join(", ")}`, {
    default: ["rfm"],
  }),
  weights: weightsOption("Weights of features in the clusters, such as monetary=2; others weigh 1", { default: {} }),
  minOrders: wholeNumber("Orders required for a cluster", { default: 1, minimum: 1 }),
  rules: optional(choice(["standard", "strict", "fitted"], "Limits of the segment rules (default: the dataset's)")),
  refitRules: switchOption("Fit new limits and keep them", { default: false, once: true }),
  strategies: optional(pathOption("file", "JSON file that changes the strategies of segments")),
  fitted: optional(pathOption("file", "Evaluate this segmentation_model.json instead of one fitted 30 days earlier")),
  budget: numberOption("Budget divided among segments by priority", {
    default: 50_000,
    minimum: 0,
    value: "<amount>",
    decimals: 2,
    expected: "an amount, at least 0, with at most two decimals",
  }),
  returns: sharedOptions.returns,
  featureDir: sharedOptions.featureDir,
  figures: sharedOptions.figures,
  plainIds: sharedOptions.plainIds,
});

/** Returns the features of clusters: those given, or those of the named list. */
export function clusterFeatures(names: readonly string[]): readonly string[] {
  return names.length === 1 ? (featureLists[names[0]] ?? names) : names;
}

/** Refuses weights of other features than those of the clusters. @throws {RangeError} */
export function checkSegmentOptions({ weights = {}, features: names }: GivenOptions<typeof segmentOptions>): void {
  const features = names ? clusterFeatures(names) : defaultSegmentFeatures;
  const unknown = Object.keys(weights).find((name) => !features.includes(name));
  if (unknown === undefined) return;
  throw new RangeError(
    `Cannot weight "${unknown}": it is not a feature of the clusters; ${didYouMean(unknown, features)}`,
  );
}
