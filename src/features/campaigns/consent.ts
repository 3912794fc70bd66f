import type { TrustedDataset } from "../../datasets/index.js";

/** Returns true if a dataset records who agreed to marketing. */
export function recordsConsent({ tables }: Pick<TrustedDataset, "tables">): boolean {
  return tables["customers"]?.includes("consent_marketing") ?? false;
}

/**
 * Writes SQL for the consent of a customer: 'yes', 'no' or 'unknown'; always 'yes' if the dataset does not record
 * consent.
 */
export function consentSql(dataset: Pick<TrustedDataset, "tables">, id: string): string {
  if (!recordsConsent(dataset)) return "'yes'";
  return `COALESCE((SELECT max(CASE WHEN consent_marketing THEN 'yes' WHEN NOT consent_marketing THEN 'no' END)
    FROM trusted_customers AS c WHERE c.customer_id = ${id}), 'unknown')`;
}
