import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { requireKnownOptions } from "../../errors.js";
import { replaceFolder, writeFileAtomically } from "../../storage/index.js";
import type { Mapping } from "../mapping/mapping.js";
import { type DatasetDescription, type Provenance, provenanceFile } from "../registry/provenance.js";
import { fileLocator, tablesOf } from "../sources/locate-file.js";
import { sourceContract, type TableName } from "./contract.js";
import { stageDataset } from "./stage-dataset.js";
import { stagedName } from "./stage-table.js";

/** Options for importing a dataset. */
export interface ImportOptions {
  /** File or folder. */
  readonly from: string;
  /** Origin of the files, for the provenance; defaults to `from`. */
  readonly origin?: string;
  /** `datasets/raw/<name>`; replaced as a whole. */
  readonly target: string;
  /** Alternative names of the mapping's files. */
  readonly otherNames?: Readonly<Record<string, readonly string[]>>;
  /** "drop" excludes and lists unreadable rows; "fail" stops at the first one. Defaults to "fail". */
  readonly onError?: "fail" | "drop";
  /** Time of import. */
  readonly now: Date;
  /** Profiles every source column, for comparison with published figures; defaults to true. */
  readonly profile?: boolean;
  /** Called with the finished folder; may add files, or reject the import by throwing. Defaults to no call. */
  readonly finish?: (folder: string, provenance: Provenance) => Promise<void>;
}

/**
 * Imports the files of a mapping: writes one Parquet file per table, including `lines`, and `provenance.json`. The import
 * is replaced as a whole or not at all. The mapping's SQL runs in an engine of its own, which can open these files only.
 *
 * @throws {Error} If a file is missing or cannot be read with the mapping.
 */
export async function importDataset(
  opener: Engine,
  { name, title, licence, citation, synthetic = false, settings, assumed, mapping }: DatasetDescription,
  options: ImportOptions,
): Promise<Provenance> {
  requireKnownOptions("import a dataset", options, {
    from: true,
    origin: true,
    target: true,
    otherNames: true,
    onError: true,
    now: true,
    profile: true,
    finish: true,
  });
  const {
    from,
    origin = from,
    target,
    otherNames = {},
    onError = "fail",
    profile = true,
    now,
    finish = async () => {},
  } = options;
  const locate = fileLocator(from, mapping, otherNames);
  const files = tablesOf(mapping).flatMap(({ table }) =>
    [locate(table), ...(table.join ?? []).map(({ file }) => locate({ file }))].flat(),
  );
  return replaceFolder(target, (folder) =>
    inClosedEngine(opener, { files, folders: [folder] }, async (engine) => {
      const description = { mapping, settings };
      const staged = await stageDataset(engine, description, {
        locate,
        temporaryFolder: folder,
        onError,
        now,
        profile,
      });
      const tables = await writeRawTables(engine, mapping, folder);
      const provenance: Provenance = {
        name,
        title,
        licence,
        citation,
        synthetic,
        settings,
        ...(assumed ? { assumed } : {}),
        mapping,
        imported_at: now.toISOString(),
        origin,
        ...staged,
        tables,
      };
      // Delete converted copies of the sources; keep the tables.
      for (const leftover of await readdir(folder)) {
        if (!leftover.endsWith(".parquet")) await rm(join(folder, leftover));
      }
      const file = provenanceFile(provenance);
      await writeFileAtomically(join(folder, file.name), file.text);
      await finish(folder, provenance);
      return provenance;
    }),
  );
}

/** Runs `body` in an engine of its own that can open these files and folders only. */
async function inClosedEngine<T>(
  opener: Engine,
  open: Parameters<Engine["closeFiles"]>[0],
  body: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await opener.another();
  try {
    await engine.closeFiles(open);
    return await body(engine);
  } finally {
    engine.close();
  }
}

/** Writes `lines` and every other staged table, sorted by key. */
async function writeRawTables(engine: Engine, mapping: Mapping, folder: string): Promise<Provenance["tables"]> {
  const others = tablesOf(mapping).filter(({ name }) => name !== "orders" && name !== "order_lines");
  const relations = [
    { name: "lines", relation: "lines", order: ["source_row"] },
    ...others.map(({ name, table }) => ({
      name,
      relation: stagedName(name),
      order: [...keyColumns(name, Object.keys(table.columns)), "source_row"],
    })),
  ];
  const tables: Record<string, { rows: number; columns: string[] }> = {};
  for (const { name, relation, order } of relations) {
    const all = `SELECT * FROM ${quotedIdentifier(relation)}`;
    const path = join(folder, `${name}.parquet`);
    await engine.writeParquet(`${all} ORDER BY ${order.map(quotedIdentifier).join(", ")}`, path);
    await engine.registerParquet(`raw_${name}`, path);
    const rows = await countRows(engine, `raw_${name}`);
    tables[name] = { rows, columns: (await engine.describe(all)).map((column) => column.name) };
  }
  return tables;
}

async function countRows(engine: Engine, relation: string): Promise<number> {
  const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${quotedIdentifier(relation)}`);
  return Number(n);
}

function keyColumns(table: TableName, columns: readonly string[]): string[] {
  return sourceContract[table].key.filter((column) => columns.includes(column));
}
