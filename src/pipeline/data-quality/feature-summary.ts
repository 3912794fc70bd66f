import { histogram } from "../../charts/index.js";
import type { TrustedDataset } from "../../datasets/index.js";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import {
  categorySlug,
  featureCatalogue,
  featureGroupTitles,
  numericColumns,
  profileFeatures,
  rankCorrelations,
} from "../../features/index.js";
import type { DataQualityInput } from "../../reports/index.js";

/** Features whose correlations a page can show; the others repeat one of these or are single categories. */
const correlated = [
  "recency_days",
  "frequency",
  "monetary",
  "avg_basket_value",
  "unique_products",
  "avg_interpurchase_days",
  "purchase_span_days",
  "days_since_first_purchase",
  "gap_regularity",
  "return_rate",
  "engagement_score",
  "total_spend_90d",
  "purchase_momentum",
  "weekend_transaction_rate",
  "promotion_usage_rate",
  "household_income",
];

/** Profiles, histograms and correlations of the numeric columns of a feature store. */
export async function featureSummary(
  engine: Engine,
  store: string,
  { settings }: TrustedDataset,
): Promise<NonNullable<DataQualityInput["features"]>> {
  await engine.registerParquet("feature_store", store);
  const all = (await engine.describe("SELECT * FROM feature_store")).map(({ name }) => name);
  const relation = "feature_store";
  const names = await numericColumns(engine, { relation, names: all });
  const profiles = await profileFeatures(engine, { relation, names });
  const values = await engine.columns(
    `SELECT ${names.map(quotedIdentifier).join(", ")} FROM feature_store ORDER BY as_of, customer_id`,
  );
  const used = correlated.filter((name) => names.includes(name));
  return {
    customers: profiles[0]?.rows ?? 0,
    profiles: profiles.map((profile) => {
      const { group, unit, definition } = definitionOf(profile.name, settings.categories);
      return {
        name: profile.name,
        group,
        unit,
        definition,
        mean: profile.mean,
        min: profile.min,
        q1: profile.q25,
        median: profile.median,
        q3: profile.q75,
        max: profile.max,
        missingShare: profile.missing / profile.rows,
        zeroShare: profile.zeros / profile.rows,
        histogram: histogram(values[profile.name] as Float64Array),
      };
    }),
    correlations: await rankCorrelations(engine, { relation, names: used }),
  };
}

function definitionOf(name: string, categories: readonly string[]) {
  const found = featureCatalogue.find(
    (feature) =>
      feature.name === name ||
      categories.some((category) => feature.name.replace("<category>", categorySlug(category)) === name),
  );
  return found
    ? { ...found, group: featureGroupTitles[found.group] }
    : { group: "Your own groups", unit: "as its SQL says", definition: "From the user's own feature folder" };
}
