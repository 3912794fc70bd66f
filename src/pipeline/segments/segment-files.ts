import { existsSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvField } from "../../csv-field.js";
import type { DatasetSettings } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import type { Mover, SegmentMigration, SegmentProfile } from "../../segmentation/index.js";
import { segmentInWords } from "../../segmentation/index.js";
import { contactKey, type TargetList, targetList } from "../../strategy/index.js";
import type { Assignments, SegmentedCustomers } from "./segment-customers.js";

type Cell = string | number | boolean | null;

/** A table as CSV with a header; missing numbers are empty. */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell) =>
    value === null || (typeof value === "number" && Number.isNaN(value)) ? "" : csvField(String(value));
  return `${[header, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

/** Writes who is in which segment as Parquet, in the order of the ids. */
export async function writeAssignments(
  engine: Engine,
  path: string,
  { customers, segment, rules }: Assignments,
  nameOf: (segment: number) => string,
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

/** The profiles as a table. */
export function summaryCsv(
  profiles: readonly SegmentProfile[],
  { locale, currency }: Pick<DatasetSettings, "locale" | "currency">,
): string {
  const centred = [
    ["recency_days", "recencyDays"],
    ["orders", "orders"],
    ["avg_order_value", "averageOrderValue"],
    ["revenue_per_customer", "revenue"],
    ["age_days", "ageDays"],
    ["engagement", "engagement"],
    ["return_rate", "returnRate"],
  ] as const;
  const header = [
    ...["segment", "segment_name", "customers", "share", "revenue", "revenue_share"],
    ...centred.flatMap(([name]) => [`mean_${name}`, `median_${name}`]),
    ...["top_categories", "distinguished_by", "in_words"],
  ];
  const rows = profiles.map((profile): Cell[] => [
    profile.segment,
    profile.name,
    profile.customers,
    profile.share,
    rounded(profile.revenue),
    profile.revenueShare,
    ...centred.flatMap(([, column]) => {
      const centre = profile.centres[column];
      return centre ? [rounded(centre.mean), rounded(centre.median)] : [null, null];
    }),
    profile.topCategories.join("; "),
    profile.distinctions
      .map(({ column, standardizedDifference }) => `${column} ${standardizedDifference.toFixed(2)}`)
      .join("; "),
    segmentInWords(profile, { locale, currency }),
  ]);
  return csvText(header, rows);
}

/** Money and means to a hundredth of a cent, so that the last bits of sums do not show. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** The table of the numbers of clusters that were tried. */
export function selectionCsv({ choice }: SegmentedCustomers): string {
  const header = "k,inertia,silhouette,davies_bouldin,smallest_share,stability_ari,distinct_names,chosen,why".split(
    ",",
  );
  return csvText(
    header,
    choice.candidates.map((one) => [
      one.k,
      one.inertia,
      one.silhouette,
      one.daviesBouldin,
      one.smallestShare,
      one.stability,
      one.distinctNames,
      one.chosen,
      one.why,
    ]),
  );
}

/** Ways between segments, by rules and by clusters. */
export function migrationCsv(migrations: Readonly<Record<"rule_segment" | "segment_name", SegmentMigration>>): string {
  const rows = Object.entries(migrations).flatMap(([basis, { ways, halfLifeDays }]) =>
    ways.map(({ from, to, customers, revenue }) => [
      basis,
      from,
      to,
      customers,
      rounded(revenue),
      from === null ? null : (halfLifeDays[from] ?? null),
    ]),
  );
  return csvText(["basis", "from", "to", "customers", "revenue", "half_life_days_of_from"], rows);
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
  { customers: { ids, columns }, rules }: Assignments,
  { consents, key }: NamingOptions,
): TargetList[] {
  const candidates = {
    customerId: ids,
    segment: rules.names,
    recencyDays: columns["recency_days"],
    orders: columns["frequency"],
    monetary: columns["monetary"].map(rounded),
    ...(consents ? { consent: ids.map((id) => consents.get(id) ?? null) } : {}),
  };
  const naming = key === undefined ? ({ plainIds: true } as const) : { key };
  return Object.keys(rules.counts).map((name) => targetList(candidates, name, naming));
}
