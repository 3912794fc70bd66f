import { existsSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  candidateTable,
  driftFacts,
  flowTable,
  type ShownSegments,
  type SummarizedSegments,
  segmentFigures,
  summaryTable,
  transitionTable,
} from "../../reports/index.js";
import {
  clusterFigures,
  encodeSegmentationModel,
  type SegmentedCustomers,
  transitionMatrix,
} from "../../segmentation/index.js";
import { type NamingOptions, renderMovers, renderTargetList, type TargetList } from "../../strategy/index.js";
import { type Conventions, renderCsv } from "../../table/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import type { StageWork } from "../stage.js";
import type { ArtifactContent } from "./write-content.js";

/** Options of {@link writeSegmentFiles}. */
export interface SegmentFileOptions {
  readonly lists: readonly TargetList[];
  /** How movers are named. */
  readonly naming: NamingOptions;
  /** Draws the charts. */
  readonly figures: boolean;
  readonly conventions: Conventions;
}

/** Writes all files of the segments folder. */
export async function writeSegmentFiles(
  { write, folder, temporary, asOf, seed }: StageWork,
  segments: SummarizedSegments & Pick<ShownSegments, "cohorts">,
  { lists, naming, figures, conventions }: SegmentFileOptions,
): Promise<void> {
  const { profiles, ruleProfiles, choice, migration, movers, model, strategies } = segments;
  const transitions = transitionMatrix(migration.rule_segment, SEGMENT_NAMES);
  await write("segment_assignments.parquet", assignmentRows(segments));
  await collectHistory(folder, temporary, asOf);
  await write("segment_summary.csv", renderCsv(summaryTable(profiles, conventions)));
  await write("rule_segment_summary.csv", renderCsv(summaryTable(ruleProfiles, conventions)));
  await write("selection.csv", renderCsv(candidateTable(choice, conventions)));
  await write("migration.csv", renderCsv(flowTable(migration)));
  await write("migration_matrix.csv", renderCsv(transitionTable(transitions, { names: SEGMENT_NAMES })));
  await write("movers.csv", renderMovers(movers, naming));
  await write("segmentation_model.json", { json: encodeSegmentationModel(model) });
  await write("segment_strategies.json", { json: strategies });
  await write("drift.json", { json: driftFacts(segments) });
  for (const list of lists) await write(join("lists", `${list.slug}.csv`), renderTargetList(list));
  if (!figures) return;
  const drawn = segmentFigures(segments, { ...conventions, figures: clusterFigures(segments, { seed }), seed });
  for (const [name, chart] of Object.entries(drawn)) {
    await write(join("figures", `${name}.png`), { chart });
    await write(join("figures", `${name}.svg`), { chart });
  }
}

/** Returns the cluster and the segment of every customer, in the order of the ids. */
export function assignmentRows({
  now: { customers, cluster, rules },
  nameOf,
}: Pick<SegmentedCustomers, "now" | "nameOf">): ArtifactContent {
  return {
    columns: {
      customer_id: customers.ids,
      segment: cluster,
      segment_name: Array.from(cluster, nameOf),
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
