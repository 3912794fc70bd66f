import type { TrustedDataset } from "../../datasets/index.js";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { computeFeatures, dayBefore, type ReturnsPolicy } from "../../features/index.js";
import { type Customers, customersOf, OPTIONAL_FEATURES, REQUIRED_FEATURES } from "../../segmentation/index.js";

/** Days between the two days whose segments are compared. */
export const MOVEMENT_DAYS = 30;

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
): Promise<{ readonly now: Customers; readonly before: Customers }> {
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
    ...new Set([
      ...[...REQUIRED_FEATURES, ...features, ...fittedFeatures],
      ...OPTIONAL_FEATURES.filter((name) => names.includes(name)),
    ]),
  ];
  const at = async (day: string): Promise<Customers> => {
    const { customer_id, ...columns } = await engine.columns(
      `SELECT customer_id, ${wanted.map(quotedIdentifier).join(", ")} FROM features WHERE as_of = DATE '${day}' ORDER BY customer_id`,
    );
    const text = Object.entries(columns).find(([, values]) => !(values instanceof Float64Array));
    if (text) {
      refuse(text[0], { own: "it is text, numbers are needed", ofFitted: "which is text, numbers are needed" });
    }
    return customersOf(columns as Record<string, Float64Array>, { ids: customer_id as string[], asOf: day });
  };
  return { now: await at(asOf), before: await at(earlier) };
}
