import { quotedIdentifier } from "../../engine/index.js";
import { dayBefore, type Observations } from "../../features/index.js";
import {
  type Customers,
  customersOf,
  OPTIONAL_FEATURES,
  REQUIRED_FEATURES,
  type SegmentationModel,
} from "../../segmentation/index.js";

/** Days between the two days whose segments are compared. */
const MOVEMENT_DAYS = 30;

/** Options of {@link loadCustomers}. */
export interface LoadCustomersOptions {
  /** Features of the clusters to fit. */
  readonly features: readonly string[];
  /** A model fitted before, whose features are loaded too; defaults to none. */
  readonly fitted?: Pick<SegmentationModel, "scaler">;
}

/**
 * Loads the customers as of the last day of the observations and as of 30 days before, computed in one pass.
 *
 * @throws {RangeError} If the dataset cannot give one of the features, or it is no number.
 */
export async function loadCustomers(
  observations: Observations,
  { features, fitted = { scaler: [] } }: LoadCustomersOptions,
): Promise<{ readonly now: Customers; readonly before: Customers }> {
  const { asOf, engine } = observations;
  const fittedFeatures = fitted.scaler.map(({ name }) => name);
  const earlier = dayBefore(asOf, MOVEMENT_DAYS);
  const { names, leftOut, relation } = await observations.features({ at: [earlier, asOf] });
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
      `SELECT customer_id, ${wanted.map(quotedIdentifier).join(", ")} FROM ${relation} WHERE as_of = DATE '${day}' ORDER BY customer_id`,
    );
    const text = Object.entries(columns).find(([, values]) => !(values instanceof Float64Array));
    if (text) {
      refuse(text[0], {
        own: "it is text; use a feature of numbers",
        ofFitted: "which is text; fit it on features of numbers",
      });
    }
    return customersOf(columns as Record<string, Float64Array>, { ids: customer_id as string[], asOf: day });
  };
  return { now: await at(asOf), before: await at(earlier) };
}
