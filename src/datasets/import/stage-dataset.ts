import { createHash } from "node:crypto";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { requireKnownOptions } from "../../errors.js";
import type { DatasetDescription, ImportedSource, Provenance } from "../registry/provenance.js";
import { type FileLocator, tablesOf } from "../sources/locate-file.js";
import { profileSource } from "../sources/profile-source.js";
import { checkKeys } from "./check-keys.js";
import { sourceContract } from "./contract.js";
import { assembleLines } from "./lines.js";
import { stagedName, stageTable } from "./stage-table.js";
import type { RejectedRow } from "./take-unreadable.js";

/** Result of staging the files of a mapping. */
export type StagedDataset = Pick<Provenance, "sha256" | "sources" | "rejected" | "notes">;

/** Options for staging a dataset. */
export interface StageDatasetOptions {
  readonly locate: FileLocator;
  /** Folder for converted copies of files; the caller removes it after staging. */
  readonly temporaryFolder: string;
  readonly onError: "fail" | "drop";
  /** Time of import; times after the next day are implausible. */
  readonly now: Date;
  /** Profiles every source column. */
  readonly profile: boolean;
  /** Numbers the lines of each order, which requires a sort and the order of the file; defaults to true. */
  readonly numberLines?: boolean;
}

/**
 * Reads the files of a mapping into the engine: `lines`, and `staged_<table>` for every table of the mapping. Writes only
 * converted copies of files that cannot be read in place.
 *
 * @throws {Error} If a file is missing or cannot be read with the mapping.
 */
export async function stageDataset(
  engine: Engine,
  { mapping, settings }: Pick<DatasetDescription, "mapping" | "settings">,
  given: StageDatasetOptions,
): Promise<StagedDataset> {
  requireKnownOptions("stage a dataset", given, {
    locate: true,
    temporaryFolder: true,
    onError: true,
    now: true,
    profile: true,
    numberLines: true,
  });
  const { profile, numberLines = true, ...options } = given;
  const sources: ImportedSource[] = [];
  const rejected: RejectedRow[] = [];
  const notes: string[] = [];
  const { timezone, currency } = settings;
  for (const { name, table } of tablesOf(mapping)) {
    const reading = { ...options, timezone, currency, keepText: profile, inOrder: numberLines };
    const staged = await stageTable(engine, name, table, reading);
    for (const [i, { source, view }] of staged.sources.entries()) {
      const found = profile ? await profileSource(engine, view) : undefined;
      // Without rejected rows, the row count is that of the first source.
      const rows = found?.rows ?? (await countRows(engine, i === 0 && !table.glob ? stagedName(name) : view));
      // One of several files may be without rows, such as that of a day without orders.
      const some = table.glob && (await countRows(engine, stagedName(name))) > 0;
      if (!rows && !some && !staged.rejected.length) {
        throw new SyntaxError(
          `Cannot import "${name}" from "${source.file}": it has a header but no rows; expected at least one`,
        );
      }
      sources.push({ ...source, table: name, ...(found ? { profile: found } : {}) });
    }
    const { placeOf } = staged;
    const isLines = name === "order_lines" || (name === "orders" && !mapping.order_lines);
    const key = isLines ? ["order_id", "line_no"] : sourceContract[name].key;
    const mayBeMissing = isLines || name === "orders";
    const repeated = await checkKeys(engine, name, {
      ...{ key, placeOf, onError: options.onError, mayBeMissing, mayRepeat: !isLines },
    });
    rejected.push(...staged.rejected, ...repeated.rejected);
    notes.push(...staged.notes, ...repeated.notes);
  }
  notes.push(...(await assembleLines(engine, mapping, { timezone, spanDays: settings.order_span_days, numberLines })));
  const sha256 = identityOf([sources.map((source) => source.sha256), mapping, timezone, settings.order_span_days]);
  return { sha256, sources, rejected, notes };
}

async function countRows(engine: Engine, relation: string): Promise<number> {
  const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${quotedIdentifier(relation)}`);
  return Number(n);
}

function identityOf(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
