import { createHash } from "node:crypto";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import type { DatasetDescription, ImportedSource, Provenance } from "../registry/provenance.js";
import { tablesOf } from "../sources/locate-file.js";
import { profileSource } from "../sources/profile-source.js";
import { checkKeys } from "./check-keys.js";
import { sourceContract } from "./contract.js";
import { joinedView } from "./join-files.js";
import { assembleLines } from "./lines.js";
import { type RejectedRow, sourceView, stagedName, stageTable } from "./stage-table.js";

/** What staging found in the files of a mapping. */
export type StagedDataset = Pick<Provenance, "sha256" | "sources" | "rejected" | "notes">;

/** How files are found, and how much is counted on the way. */
export interface StageDatasetOptions {
  /** Finds the file that a mapping names. */
  readonly locate: (file: string) => string;
  /** Where converted copies of files may lie; the caller removes it, when all is staged at the earliest. */
  readonly temporaryFolder: string;
  readonly onError: "fail" | "drop";
  /** Counts what every source column holds. */
  readonly profile: boolean;
  /** Numbers the lines of each order, which takes a sort and the order of the file; defaults to true. */
  readonly numberLines?: boolean;
}

/**
 * Reads the files of a mapping into the engine: `lines`, and `staged_<table>` for every table of the mapping. Nothing is
 * written but copies of what cannot be read in place.
 *
 * @throws {Error} If a file is missing or cannot be read as the mapping says.
 */
export async function stageDataset(
  engine: Engine,
  { mapping, settings }: Pick<DatasetDescription, "mapping" | "settings">,
  { profile, numberLines = true, ...options }: StageDatasetOptions,
): Promise<StagedDataset> {
  const sources: ImportedSource[] = [];
  const rejected: RejectedRow[] = [];
  const notes: string[] = [];
  const { timezone } = settings;
  for (const { name, table } of tablesOf(mapping)) {
    const reading = { ...options, timezone, keepText: profile, inOrder: numberLines };
    const staged = await stageTable(engine, name, table, reading);
    for (const [i, source] of staged.sources.entries()) {
      const view = i === 0 ? sourceView(name) : joinedView(sourceView(name), i - 1);
      const found = profile ? await profileSource(engine, view) : undefined;
      // As long as no row was rejected, as many are staged as the first source has.
      const rows = found?.rows ?? (await countRows(engine, i === 0 ? stagedName(name) : view));
      if (!rows && !staged.rejected.length) {
        throw new SyntaxError(`Cannot import "${name}" from "${source.file}": it has a header and no rows`);
      }
      sources.push({ ...source, table: name, ...(found ? { profile: found } : {}) });
    }
    const { file } = staged.sources[0];
    const isLines = name === "order_lines" || (name === "orders" && !mapping.order_lines);
    const key = isLines ? ["order_id", "line_no"] : sourceContract[name].key;
    const mayBeMissing = isLines || name === "orders";
    const repeated = await checkKeys(engine, name, { key, file, onError: options.onError, mayBeMissing });
    rejected.push(...staged.rejected, ...repeated);
    notes.push(...staged.notes);
  }
  notes.push(...(await assembleLines(engine, mapping, { timezone, numberLines })));
  const sha256 = identityOf([sources.map((source) => source.sha256), mapping, timezone]);
  return { sha256, sources, rejected, notes };
}

async function countRows(engine: Engine, relation: string): Promise<number> {
  const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${quotedIdentifier(relation)}`);
  return Number(n);
}

function identityOf(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
