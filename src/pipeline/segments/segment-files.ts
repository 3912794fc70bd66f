import { existsSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../engine/index.js";
import { rounded } from "../../numeric/index.js";
import type { Mover } from "../../segmentation/index.js";
import { contactKey, type TargetList, targetList } from "../../strategy/index.js";
import { csvText } from "../../text/index.js";
import type { Assignments, SegmentedCustomers } from "./segment-customers.js";

/** Writes who is in which segment as Parquet, in the order of the ids. */
export async function writeAssignments(
  engine: Engine,
  { now: { customers, segment, rules }, nameOf }: Pick<SegmentedCustomers, "now" | "nameOf">,
  path: string,
): Promise<void> {
  const text = `${path}.csv`;
  const rows = customers.ids.map((id, i) => [id, customers.asOf, segment[i], nameOf(segment[i]), rules.names[i]]);
  await writeFile(text, csvText(["customer_id", "as_of", "segment", "segment_name", "rule_segment"], rows));
  await engine.registerDelimited("assigned", text, { delimiter: ",", header: true, encoding: "utf-8" });
  await engine.writeParquet(
    `SELECT customer_id, CAST(as_of AS DATE) AS as_of, CAST(segment AS INTEGER) AS segment, segment_name, rule_segment
     FROM assigned ORDER BY customer_id`,
    path,
  );
  await rm(text);
}

/** Keeps the assignments of earlier days beside those of this one. */
export async function collectHistory(oldFolder: string, newFolder: string, asOf: string): Promise<void> {
  const history = join(newFolder, "history");
  await mkdir(history, { recursive: true });
  if (existsSync(join(oldFolder, "history"))) await cp(join(oldFolder, "history"), history, { recursive: true });
  await cp(join(newFolder, "segment_assignments.parquet"), join(history, `${asOf}.parquet`));
}

/** How the files that name customers do so, and who is in them. */
export interface NamingOptions {
  /** Who consented to marketing, null for who did not say; undefined where the dataset does not know. */
  readonly consents: ReadonlyMap<string, boolean | null> | undefined;
  /** Makes ids pseudonymous; undefined only if plain ids were asked for. */
  readonly key: string | undefined;
}

/**
 * Customers who left a segment, with what they spent. Those who gave no marketing consent are left out, as from the lists,
 * since a file of customers with their worth will be used to contact them.
 */
export function moversCsv(movers: readonly Mover[], { consents, key }: NamingOptions): string {
  const header = [key === undefined ? "customer_id" : "contact_key", "from", "to", "revenue"];
  return csvText(
    header,
    movers
      .filter(({ customerId }) => !consents || consents.get(customerId) === true)
      .map(({ customerId, from, to, revenue }) => [
        key === undefined ? customerId : contactKey(customerId, { key }),
        from,
        to,
        rounded(revenue),
      ]),
  );
}

/** Whom to contact, by rule segment. */
export function targetLists(
  { customers: { ids, recencyDays, frequency, monetary }, rules }: Assignments,
  { consents, key }: NamingOptions,
): TargetList[] {
  const candidates = {
    customerId: ids,
    segment: rules.names,
    recencyDays,
    orders: frequency,
    monetary: monetary.map(rounded),
    ...(consents ? { consent: ids.map((id) => consents.get(id) ?? null) } : {}),
  };
  const naming = key === undefined ? ({ plainIds: true } as const) : { key };
  return Object.keys(rules.counts).map((name) => targetList(candidates, name, naming));
}
