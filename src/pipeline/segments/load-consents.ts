import type { TrustedDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";

/** Who consented to marketing; nothing where the dataset does not know. */
export async function loadConsents(engine: Engine, { tables }: TrustedDataset) {
  if (!tables["customers"]?.includes("consent_marketing")) return undefined;
  const columns = await engine.columns("SELECT customer_id, consent_marketing FROM trusted_customers");
  const [ids, given] = [columns["customer_id"] as string[], columns["consent_marketing"]];
  return new Map(
    ids.map((id, i) => [id, given[i] === null || Number.isNaN(given[i]) ? null : given[i] === true || given[i] === 1]),
  );
}
