import { behaviourFeatures } from "./catalogue/behaviour.js";
import { categoryFeatures } from "./catalogue/category.js";
import { demographicsFeatures } from "./catalogue/demographics.js";
import { diversityFeatures } from "./catalogue/diversity.js";
import { engagementFeatures } from "./catalogue/engagement.js";
import type { FeatureDefinition, FeatureGroup, GroupFeature } from "./catalogue/feature-definition.js";
import { promotionFeatures } from "./catalogue/promotion.js";
import { rfmFeatures } from "./catalogue/rfm.js";
import { windowsFeatures } from "./catalogue/windows.js";

export { categorySlug } from "../text/index.js";
export type { FeatureDefinition, FeatureGroup } from "./catalogue/feature-definition.js";

const groups: Readonly<Record<FeatureGroup, readonly GroupFeature[]>> = {
  rfm: rfmFeatures,
  engagement: engagementFeatures,
  windows: windowsFeatures,
  diversity: diversityFeatures,
  category: categoryFeatures,
  behaviour: behaviourFeatures,
  promotion: promotionFeatures,
  demographics: demographicsFeatures,
};

/** The groups in the order of their columns. */
export const featureGroups = Object.keys(groups) as readonly FeatureGroup[];

/**
 * Lists every feature, in the order of the columns. A name that ends in `<category>` stands for one column per category
 * of the dataset's settings. Money is in the dataset's currency; days are calendar days in its time zone; windows of n
 * days are `as_of` - n + 1 to `as_of`.
 */
export const featureCatalogue: readonly FeatureDefinition[] = featureGroups.flatMap((group) =>
  groups[group].map((feature) => ({ ...feature, group })),
);

/** Titles of the feature groups. */
export const featureGroupTitles: Readonly<Record<FeatureGroup, string>> = {
  rfm: "Recency, frequency and revenue",
  engagement: "Engagement",
  windows: "Recent activity and order values",
  diversity: "Diversity",
  category: "Categories",
  behaviour: "Behaviour",
  promotion: "Promotions and contacts",
  demographics: "Household",
};
