import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { nearest } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { sourceContract, type TableName } from "./contract.js";
import { assembleLines } from "./lines.js";
import type { Mapping, TableMapping } from "./mapping.js";
import { profileSource, type SourceProfile } from "./profile-source.js";
import type { DatasetSettings } from "./settings.js";
import type { Source } from "./source.js";
import { type RejectedRow, stageTable } from "./stage-table.js";

/** Everything an import needs to know of a dataset. */
export interface DatasetDescription {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  readonly settings: DatasetSettings;
  readonly mapping: Mapping;
}

/** What was read, from where, and what was found; lies beside the data as `provenance.json`. */
export interface Provenance extends DatasetDescription {
  readonly imported_at: string;
  /** sha256 over the sources' hashes and the mapping: the identity of the dataset. */
  readonly sha256: string;
  readonly sources: readonly (Source & { readonly table: string; readonly profile?: SourceProfile })[];
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly columns: readonly string[] }>>;
  readonly rejected: readonly RejectedRow[];
  readonly notes: readonly string[];
}

export interface ImportOptions {
  /** A file or a folder. */
  readonly from: string;
  /** `datasets/raw/<name>`, which is replaced as a whole. */
  readonly target: string;
  /** Other names of the mapping's files. */
  readonly otherNames?: Readonly<Record<string, readonly string[]>>;
  /** Leaves unreadable rows out and lists them, instead of failing; defaults to "fail". */
  readonly onError?: "fail" | "drop";
  readonly now: Date;
  readonly hash: (text: string) => string;
}

/**
 * Imports the files of a mapping: writes one Parquet file per table, `lines` among them, and `provenance.json`.
 * Either all of it is written or the old import stays.
 *
 * @throws {Error} If a file is missing or cannot be read as the mapping says.
 */
export async function importDataset(
  engine: Engine,
  dataset: DatasetDescription,
  { from, target, otherNames = {}, onError = "fail", now, hash }: ImportOptions,
): Promise<Provenance> {
  const locate = locator(from, dataset.mapping, otherNames);
  await mkdir(join(target, ".."), { recursive: true });
  const temporaryFolder = await mkdtemp(`${target}.import-`);
  try {
    const { mapping, settings } = dataset;
    const sources: Provenance["sources"][number][] = [];
    const rejected: RejectedRow[] = [];
    const notes: string[] = [];
    const names = tableNames(mapping);
    for (const name of names) {
      const table = mapping[name] as TableMapping;
      const staged = await stageTable(engine, name, table, {
        locate,
        temporaryFolder,
        timezone: settings.timezone,
        onError,
      });
      for (const [i, source] of staged.sources.entries()) {
        const profile = await profileSource(engine, i === 0 ? `source_${name}` : `source_${name}_join_${i - 1}`);
        sources.push({ ...source, table: name, profile });
      }
      if (!sources.at(-staged.sources.length)?.profile?.rows) {
        throw new SyntaxError(`Cannot import "${name}" from "${staged.sources[0].file}": it has a header and no rows`);
      }
      rejected.push(...staged.rejected);
      notes.push(...staged.notes);
    }
    await assembleLines(engine, mapping, settings);
    const tables: Record<string, { rows: number; columns: string[] }> = {};
    const others = names.filter((name) => name !== "orders" && name !== "order_lines");
    for (const name of ["lines", ...others]) {
      if (name !== "lines") rejected.push(...(await checkKeys(engine, name as TableName, onError)));
      const relation = name === "lines" ? "lines" : `staged_${name}`;
      const order =
        name === "lines"
          ? "source_row"
          : [...keyColumns(name as TableName, mapping), "source_row"].map(quotedIdentifier).join(", ");
      await engine.writeParquet(
        `SELECT * FROM ${quotedIdentifier(relation)} ORDER BY ${order}`,
        join(temporaryFolder, `${name}.parquet`),
      );
      const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${quotedIdentifier(relation)}`);
      const columns = (await engine.describe(`SELECT * FROM ${quotedIdentifier(relation)}`)).map(
        (column) => column.name,
      );
      tables[name] = { rows: Number(n), columns };
    }
    const identity = hash(JSON.stringify([sources.map(({ sha256 }) => sha256), mapping, settings.timezone]));
    const provenance: Provenance = {
      ...dataset,
      imported_at: now.toISOString(),
      sha256: identity,
      sources,
      tables,
      rejected,
      notes,
    };
    await writeFileAtomically(join(temporaryFolder, "provenance.json"), `${JSON.stringify(provenance, null, 2)}\n`);
    for (const leftover of readdirSync(temporaryFolder)) {
      if (!/\.parquet$|^provenance\.json$/.test(leftover)) await rm(join(temporaryFolder, leftover));
    }
    await replaceFolder(temporaryFolder, target);
    return provenance;
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}

/** Reads the provenance of an imported dataset. */
export async function readProvenance(folder: string): Promise<Provenance> {
  return JSON.parse(await readFile(join(folder, "provenance.json"), "utf8")) as Provenance;
}

function tableNames(mapping: Mapping): TableName[] {
  return (Object.keys(sourceContract) as TableName[]).filter((name) => mapping[name]);
}

function keyColumns(table: TableName, mapping: Mapping): string[] {
  return sourceContract[table].key.filter(
    (column) => column in ((mapping[table] as TableMapping | undefined)?.columns ?? {}),
  );
}

/** Every key must be there and occur once; under "drop" the first row of a key stays. */
async function checkKeys(engine: Engine, table: TableName, onError: "fail" | "drop"): Promise<RejectedRow[]> {
  const staged = quotedIdentifier(`staged_${table}`);
  const present = new Set((await engine.describe(`SELECT * FROM ${staged}`)).map(({ name }) => name));
  const key = sourceContract[table].key.filter((column) => present.has(column));
  if (!key.length) return [];
  const columns = key.map(quotedIdentifier);
  const text = `concat_ws(', ', ${columns.join(", ")})`;
  const missing = columns.map((column) => `${column} IS NULL`).join(" OR ");
  const bad = await engine.rows(
    `SELECT source_row, ${text} AS key, ${missing} AS missing FROM ${staged}
     QUALIFY ${missing} OR row_number() OVER (PARTITION BY ${columns.join(", ")} ORDER BY source_row) > 1 ORDER BY source_row`,
  );
  if (!bad.length) return [];
  const reason = (row: (typeof bad)[number]) =>
    row["missing"] ? `${key.join(", ")} is empty` : `${key.join(", ")} "${row["key"]}" occurred before`;
  if (onError === "fail") {
    const more = bad.length > 1 ? ` (and ${bad.length - 1} more such rows)` : "";
    throw new RangeError(
      `Cannot import "${table}": row ${bad[0]["source_row"]}: ${reason(bad[0])}${more}, each key is needed once; --on-error drop keeps the first row of each`,
    );
  }
  await engine.run(
    `DELETE FROM ${staged} WHERE source_row IN (SELECT source_row FROM ${staged}
     QUALIFY ${missing} OR row_number() OVER (PARTITION BY ${columns.join(", ")} ORDER BY source_row) > 1)`,
  );
  return bad.map((row) => ({ table, file: table, row: Number(row["source_row"]), reason: reason(row) }));
}

/** Finds the file that a mapping names: `from` itself if it is a file and the mapping has one, else a file in the folder. */
function locator(
  from: string,
  mapping: Mapping,
  otherNames: Readonly<Record<string, readonly string[]>>,
): (file: string) => string {
  if (!existsSync(from)) throw new Error(`Cannot import "${from}": no such file or folder`);
  if (!statSync(from).isDirectory()) {
    const files = new Set(tableNames(mapping).map((name) => (mapping[name] as TableMapping).file));
    if (files.size > 1) {
      throw new Error(
        `Cannot import "${basename(from)}": the mapping names ${files.size} files (${[...files].join(", ")}), the folder that holds them is needed`,
      );
    }
    return () => from;
  }
  return (file) => {
    const names = [file, ...(otherNames[file] ?? [])];
    const found = names.map((name) => join(from, name)).find((path) => existsSync(path));
    if (found) return found;
    const there = readdirSync(from);
    const near = nearest(file, there);
    throw new Error(
      `Cannot import from "${from}": it has no "${file}"${near ? `, did you mean "${near}"?` : `, it has ${there.slice(0, 12).join(", ") || "nothing"}`}`,
    );
  };
}

/** Puts a finished folder in the place of an old one. */
async function replaceFolder(finished: string, target: string): Promise<void> {
  const old = `${target}.old`;
  await rm(old, { recursive: true, force: true });
  if (existsSync(target)) await rename(target, old);
  await rename(finished, target);
  await rm(old, { recursive: true, force: true });
}
