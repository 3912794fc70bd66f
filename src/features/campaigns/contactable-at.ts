import type { TrustedDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import { requireKnownOptions } from "../../errors.js";
import { openObservations } from "../observations.js";
import type { ReturnsPolicy } from "../returns-policy.js";
import { consentSql } from "./consent.js";

/** Customers at a day, with numbers by feature. */
export interface CustomerFeatures {
  readonly asOf: string;
  readonly ids: readonly string[];
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** True for those who can be contacted now, shape (n,). */
  readonly contactable: readonly boolean[];
}

/**
 * Computes features of all customers at an earlier day, and who of them can be contacted now.
 *
 * @throws {RangeError} If the dataset cannot give a feature.
 */
export async function contactableAt(
  engine: Engine,
  dataset: TrustedDataset,
  options: { readonly day: string; readonly features: readonly string[]; readonly returns: ReturnsPolicy },
): Promise<CustomerFeatures> {
  requireKnownOptions("find who can be contacted", options, { day: true, features: true, returns: true });
  const { day, features, returns } = options;
  const observations = await openObservations(engine, dataset, { asOf: day, returns });
  const { relation } = await observations.features({ at: day, features: [...features] });
  const { customer_id, consent, ...columns } = await observations.engine.columns(
    `SELECT f.*, ${consentSql(dataset, "f.customer_id")} AS consent FROM ${relation} AS f ORDER BY customer_id`,
  );
  await observations.close();
  return {
    asOf: day,
    ids: customer_id as string[],
    columns: columns as Record<string, Float64Array>,
    contactable: (consent as string[]).map((answer) => answer === "yes"),
  };
}
