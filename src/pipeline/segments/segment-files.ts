import { existsSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { rounded } from "../../numeric/index.js";
import { segmentFigures } from "../../reports/index.js";
import { clusterFigures, type Mover } from "../../segmentation/index.js";
import { contactKey, renderTargetList, type TargetList, targetList } from "../../strategy/index.js";
import { csvText, SEGMENT_NAMES } from "../../text/index.js";
import type { ArtifactContent } from "../artifacts/write-content.js";
import type { StageWork } from "../stage.js";
import type { Assignments, SegmentedCustomers } from "./segment-customers.js";
import { driftJson, migrationCsv, selectionCsv, summaryCsv, transitionMatrixCsv } from "./segment-tables.js";
import type { Segments } from "./segments.js";

/** The lists, how customers are named in them, and whether pictures are drawn. */
export interface SegmentFileOptions {
  readonly lists: readonly TargetList[];
  readonly naming: NamingOptions;
  readonly figures: boolean;
}

/** Writes all files of the segments folder. */
export async function writeSegmentFiles(
  { write, folder, temporary, asOf, seed }: StageWork,
  segments: Segments,
  { lists, naming, figures }: SegmentFileOptions,
): Promise<void> {
  const { conventions } = segments;
  await write("segment_assignments.parquet", assignmentRows(segments));
  await collectHistory(folder, temporary, asOf);
  await write("segment_summary.csv", summaryCsv(segments.profiles, conventions));
  await write("rule_segment_summary.csv", summaryCsv(segments.ruleProfiles, conventions));
  await write("selection.csv", selectionCsv(segments, conventions));
  await write("migration.csv", migrationCsv(segments.migration));
  await write("migration_matrix.csv", transitionMatrixCsv(segments.migration.rule_segment, SEGMENT_NAMES));
  await write("movers.csv", moversCsv(segments.movers, naming));
  await write("segmentation_model.json", { json: segments.model });
  await write("segment_strategies.json", { json: segments.strategies });
  await write("drift.json", driftJson(segments, conventions));
  for (const list of lists) await write(join("lists", `${list.slug}.csv`), renderTargetList(list));
  if (!figures) return;
  const drawn = segmentFigures(segments, { ...conventions, figures: clusterFigures(segments, { seed }), seed });
  for (const [name, chart] of Object.entries(drawn)) {
    await write(join("figures", `${name}.png`), { chart });
    await write(join("figures", `${name}.svg`), { chart });
  }
}

/** Who is in which segment, in the order of the ids. */
export function assignmentRows({
  now: { customers, segment, rules },
  nameOf,
}: Pick<SegmentedCustomers, "now" | "nameOf">): ArtifactContent {
  return {
    columns: {
      customer_id: customers.ids,
      segment,
      segment_name: Array.from(segment, nameOf),
      rule_segment: rules.names,
    },
    select: `SELECT customer_id, DATE '${customers.asOf}' AS as_of, segment, segment_name, rule_segment FROM kept ORDER BY customer_id`,
  };
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
