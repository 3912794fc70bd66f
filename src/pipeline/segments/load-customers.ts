import type { TrustedDataset } from "../../datasets/index.js";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { computeFeatures, dayBefore, type ReturnsPolicy } from "../../features/index.js";

/** Customers at a day: their ids, and numbers by feature, NaN where unknown. */
export interface CustomersAt {
  readonly asOf: string;
  readonly ids: readonly string[];
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** Days between the two days whose segments are compared. */
export const MOVEMENT_DAYS = 30;

/** What names and profiles need, whatever the clusters are made of. */
const always = ["recency_days", "frequency", "monetary", "avg_basket_value", "days_since_first_purchase"];
const welcome = ["engagement_score", "return_rate"];

/**
 * The customers of `asOf` and of 30 days before, computed in one pass by the same definitions.
 *
 * @param options.features What the clusters are made of.
 * @param options.fittedFeatures What those of a given segmentation are made of.
 * @throws {RangeError} If the dataset cannot give one of the features, or it is no number.
 */
export async function loadCustomers(
  engine: Engine,
  dataset: TrustedDataset,
  {
    asOf,
    features,
    fittedFeatures = [],
    returns,
    featureFolder,
  }: {
    readonly asOf: string;
    readonly features: readonly string[];
    readonly fittedFeatures?: readonly string[];
    readonly returns: ReturnsPolicy;
    readonly featureFolder?: string;
  },
): Promise<{ readonly now: CustomersAt; readonly before: CustomersAt }> {
  const earlier = dayBefore(asOf, MOVEMENT_DAYS);
  const { names, leftOut } = await computeFeatures(engine, dataset, {
    cuts: [earlier, asOf],
    returns,
    ...(featureFolder ? { featureFolder } : {}),
  });
  const refuse = (name: string, why: { readonly own: string; readonly ofFitted: string }): never => {
    throw new RangeError(
      features.includes(name)
        ? `Cannot segment by "${name}": ${why.own}`
        : `Cannot judge the segmentation: the given segmentation needs "${name}", ${why.ofFitted}`,
    );
  };
  const lacking = [...features, ...fittedFeatures].find((name) => !names.includes(name));
  if (lacking !== undefined) {
    const lacks = leftOut.find(({ name }) => name === lacking)?.lacks.join(", ");
    refuse(
      lacking,
      lacks
        ? { own: `the dataset has no ${lacks}`, ofFitted: `for which the dataset has no ${lacks}` }
        : {
            own: "there is no such feature, npx rekindle features lists them in feature_store.csv",
            ofFitted: "which is no feature of this dataset, npx rekindle features lists them in feature_store.csv",
          },
    );
  }
  const wanted = [
    ...new Set([...always, ...features, ...fittedFeatures, ...welcome.filter((name) => names.includes(name))]),
  ];
  const at = async (day: string): Promise<CustomersAt> => {
    const { customer_id, ...columns } = await engine.columns(
      `SELECT customer_id, ${wanted.map(quotedIdentifier).join(", ")} FROM features WHERE as_of = DATE '${day}' ORDER BY customer_id`,
    );
    const text = Object.entries(columns).find(([, values]) => !(values instanceof Float64Array));
    if (text) {
      refuse(text[0], { own: "it is text, numbers are needed", ofFitted: "which is text, numbers are needed" });
    }
    return { asOf: day, ids: customer_id as string[], columns: columns as Record<string, Float64Array> };
  };
  return { now: await at(asOf), before: await at(earlier) };
}
