import type { TrustedDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";

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

/**
 * Loads the answers of customers to marketing: true, false, or null if unknown.
 *
 * @returns By customer id; undefined if the dataset does not record consent.
 */
export async function loadConsents(
  engine: Engine,
  dataset: Pick<TrustedDataset, "tables">,
): Promise<Map<string, boolean | null> | undefined> {
  if (!recordsConsent(dataset)) return undefined;
  const columns = await engine.columns("SELECT customer_id, consent_marketing FROM trusted_customers");
  const [ids, given] = [columns["customer_id"] as string[], columns["consent_marketing"]];
  return new Map(
    ids.map((id, i) => [id, given[i] === null || Number.isNaN(given[i]) ? null : given[i] === true || given[i] === 1]),
  );
}
