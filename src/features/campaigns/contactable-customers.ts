import type { TrustedDataset } from "../../datasets/index.js";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { requireKnownOptions } from "../../errors.js";
import { checkedDay } from "../../text/index.js";
import { consentSql, recordsConsent } from "./consent.js";

/** Customers of a segment who can be contacted, one entry each, ordered by id. */
export interface ContactableCustomers {
  readonly ids: readonly string[];
  /** Days since the last order. */
  readonly recencyDays: Float64Array;
  readonly frequency: Float64Array;
  /** Sum of orders, in the dataset's currency. */
  readonly monetary: Float64Array;
  /** Customers of the segment who opted out of marketing. */
  readonly optedOut: number;
  /** Customers of the segment without recorded consent. */
  readonly unknownConsent: number;
  /** False if the dataset does not record consent. */
  readonly consentKnown: boolean;
}

/** Selection of customers: those whose `column` of the segment assignments is `name`, or all of them. */
export interface SegmentFilter {
  /** Path of `segment_assignments.parquet`. */
  readonly assignments: string;
  readonly column?: "rule_segment" | "segment_name";
  readonly name: string;
  readonly asOf: string;
}

/** Loads the customers of a segment who can be contacted. The history must be open at `asOf`. */
export async function contactableCustomers(
  engine: Engine,
  dataset: Pick<TrustedDataset, "tables">,
  filter: SegmentFilter,
): Promise<ContactableCustomers> {
  requireKnownOptions("find who can be contacted", filter, { assignments: true, column: true, name: true, asOf: true });
  const { assignments, column, name, asOf } = filter;
  await engine.registerParquet("assigned", assignments);
  const columns = await engine.columns(
    `SELECT a.customer_id, ${consentSql(dataset, "a.customer_id")} AS consent,
       @days_between(max(o.ordered_on), DATE '${checkedDay(asOf)}') AS recency_days, @number(count(*)) AS frequency, @number(sum(o.amount)) AS monetary
     FROM assigned AS a JOIN orders AS o ON o.customer_id = a.customer_id
     WHERE ${column ? quotedIdentifier(column) : "$name"} = $name GROUP BY a.customer_id ORDER BY a.customer_id`,
    { name },
  );
  const consent = columns["consent"] as string[];
  const rows = Array.from(consent.keys()).filter((i) => consent[i] === "yes");
  const part = (of: string) => Float64Array.from(rows, (row) => (columns[of] as Float64Array)[row]);
  return {
    ids: rows.map((row) => (columns["customer_id"] as string[])[row]),
    recencyDays: part("recency_days"),
    frequency: part("frequency"),
    monetary: part("monetary"),
    optedOut: consent.filter((text) => text === "no").length,
    unknownConsent: consent.filter((text) => text === "unknown").length,
    consentKnown: recordsConsent(dataset),
  };
}
