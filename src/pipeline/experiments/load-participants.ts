import type { TrustedDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import { checkedDay } from "../../features/index.js";
import type { OpenedSegments } from "./open-segments.js";

/** Who may take part in an experiment, one entry each, in the order of the ids. */
export interface Participants {
  readonly ids: readonly string[];
  /** Days since the last order. */
  readonly recencyDays: Float64Array;
  readonly orders: Float64Array;
  /** Sum of orders, in the dataset's currency. */
  readonly spend: Float64Array;
  /** Customers of the segment who refused marketing. */
  readonly refused: number;
  /** Customers of the segment of whom nobody knows whether they agreed. */
  readonly unknownConsent: number;
  /** False if the dataset does not say who agreed to marketing. */
  readonly consentKnown: boolean;
}

/** SQL for "yes", "no" or "unknown" of a customer `customer_id`; all are "yes" where the dataset does not know. */
export function consentSql({ tables }: Pick<TrustedDataset, "tables">, id: string): string {
  if (!tables["customers"]?.includes("consent_marketing")) return "'yes'";
  return `COALESCE((SELECT max(CASE WHEN consent_marketing THEN 'yes' WHEN NOT consent_marketing THEN 'no' END)
    FROM trusted_customers AS c WHERE c.customer_id = ${id}), 'unknown')`;
}

/** The customers of a segment who may be contacted. The engine is that of observations as of the day of the segments. */
export async function loadParticipants(
  engine: Engine,
  dataset: Pick<TrustedDataset, "tables">,
  { assignments, segment, asOf }: OpenedSegments,
): Promise<Participants> {
  await engine.registerParquet("assigned", assignments);
  const where = { rule: "rule_segment = $name", cluster: "segment_name = $name", everyone: "$name = $name" };
  const columns = await engine.columns(
    `SELECT a.customer_id, ${consentSql(dataset, "a.customer_id")} AS consent,
       @days_between(max(o.ordered_on), DATE '${checkedDay(asOf)}') AS recency_days, @number(count(*)) AS orders, @number(sum(o.amount)) AS spend
     FROM assigned AS a JOIN orders AS o ON o.customer_id = a.customer_id
     WHERE ${where[segment.basis]} GROUP BY a.customer_id ORDER BY a.customer_id`,
    { name: segment.name },
  );
  const consent = columns["consent"] as string[];
  const rows = Array.from(consent.keys()).filter((i) => consent[i] === "yes");
  const part = (name: string) => Float64Array.from(rows, (row) => (columns[name] as Float64Array)[row]);
  return {
    ids: rows.map((row) => (columns["customer_id"] as string[])[row]),
    recencyDays: part("recency_days"),
    orders: part("orders"),
    spend: part("spend"),
    refused: consent.filter((text) => text === "no").length,
    unknownConsent: consent.filter((text) => text === "unknown").length,
    consentKnown: dataset.tables["customers"]?.includes("consent_marketing") ?? false,
  };
}
