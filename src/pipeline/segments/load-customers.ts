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
 * @param features What the clusters are made of.
 * @throws {RangeError} If the dataset cannot give one of the features, or it is no number.
 */
export async function loadCustomers(
  engine: Engine,
  dataset: TrustedDataset,
  {
    asOf,
    features,
    returns,
    featureFolder,
  }: {
    readonly asOf: string;
    readonly features: readonly string[];
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
  const lacking = features.find((name) => !names.includes(name));
  if (lacking !== undefined) {
    const lacks = leftOut.find(({ name }) => name === lacking)?.lacks;
    throw new RangeError(
      lacks
        ? `Cannot segment by "${lacking}": the dataset has no ${lacks.join(", ")}`
        : `Cannot segment by "${lacking}": there is no such feature, npx rekindle features lists them in feature_store.csv`,
    );
  }
  const wanted = [...new Set([...always, ...features, ...welcome.filter((name) => names.includes(name))])];
  const at = async (day: string): Promise<CustomersAt> => {
    const { customer_id, ...columns } = await engine.columns(
      `SELECT customer_id, ${wanted.map(quotedIdentifier).join(", ")} FROM features WHERE as_of = DATE '${day}' ORDER BY customer_id`,
    );
    const text = Object.entries(columns).find(([, values]) => !(values instanceof Float64Array));
    if (text) throw new RangeError(`Cannot segment by "${text[0]}": it is text, numbers are needed`);
    return { asOf: day, ids: customer_id as string[], columns: columns as Record<string, Float64Array> };
  };
  return { now: await at(asOf), before: await at(earlier) };
}
