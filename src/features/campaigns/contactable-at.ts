import type { TrustedDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import { openObservations } from "../observations.js";
import type { ReturnsPolicy } from "../relations/seen.js";
import { consentSql } from "./consent.js";

/** Customers at a day, with numbers by feature. */
export interface CustomerFeatures {
  readonly asOf: string;
  readonly ids: readonly string[];
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/**
 * Computes features at an earlier day of the customers who can be contacted now.
 *
 * @throws {RangeError} If the dataset cannot give a feature.
 */
export async function contactableAt(
  engine: Engine,
  dataset: TrustedDataset,
  {
    day,
    features,
    returns,
  }: { readonly day: string; readonly features: readonly string[]; readonly returns: ReturnsPolicy },
): Promise<CustomerFeatures> {
  const observations = await openObservations(engine, dataset, { asOf: day, returns });
  const { relation } = await observations.features({ at: day, features: [...features] });
  const {
    customer_id,
    as_of: _,
    ...columns
  } = await observations.engine.columns(
    `SELECT f.* FROM ${relation} AS f WHERE ${consentSql(dataset, "f.customer_id")} = 'yes' ORDER BY customer_id`,
  );
  await observations.close();
  return { asOf: day, ids: customer_id as string[], columns: columns as Record<string, Float64Array> };
}
