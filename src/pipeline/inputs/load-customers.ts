import type { ResolvedDataset } from "../../datasets/index.js";
import { quotedIdentifier } from "../../engine/index.js";
import { nearest } from "../../errors.js";
import { categorySlug, dayBefore, featureCatalogue, type Observations } from "../../features/index.js";
import {
  type Customers,
  customersOf,
  OPTIONAL_FEATURES,
  parseSegmentationModel,
  REQUIRED_FEATURES,
  type SegmentationModel,
} from "../../segmentation/index.js";
import { readTextFile } from "../../storage/index.js";
import { parseStrategies } from "../../strategy/index.js";
import type { GivenOptions } from "../options/option-schema.js";
import { clusterFeatures, featureLists, type segmentOptions } from "../options/segment-options.js";

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
            own: noSuchFeature(lacking, names),
            ofFitted: "which is no feature of this dataset; npx rekindle features lists them in feature_store.csv",
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

/** Says that a feature does not exist, with the nearest that does. */
function noSuchFeature(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const hint = near === undefined ? "npx rekindle features lists them in feature_store.csv" : `did you mean "${near}"?`;
  return `there is no such feature; ${hint}`;
}

/**
 * Refuses features that no dataset of these settings has, and files of strategies or a segmentation that cannot be read.
 * Features of the user's own groups are known only when these are computed.
 *
 * @throws {RangeError} If there is no such feature.
 * @throws {SyntaxError} If a file is not valid.
 */
export async function inspectSegmentOptions(
  { provenance: { settings } }: Pick<ResolvedDataset, "provenance">,
  { features: given = [], featureDir, strategies, fitted }: GivenOptions<typeof segmentOptions>,
): Promise<void> {
  const slugs = settings.categories.map(categorySlug);
  const known = featureCatalogue.flatMap(({ name }) =>
    name.includes("<category>") ? slugs.map((slug) => name.replace("<category>", slug)) : [name],
  );
  const unknown = featureDir === undefined ? clusterFeatures(given).find((name) => !known.includes(name)) : undefined;
  if (unknown !== undefined) {
    const lists = given.length === 1 ? Object.keys(featureLists) : [];
    throw new RangeError(`Cannot segment by "${unknown}": ${noSuchFeature(unknown, [...lists, ...known])}`);
  }
  if (strategies) parseStrategies(await readTextFile(strategies, "the strategies"));
  if (fitted) parseSegmentationModel(await readTextFile(fitted, "the segmentation"));
}
