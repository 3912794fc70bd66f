import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  type DatasetSettings,
  defaultSettings,
  fileLocator,
  type Mapping,
  sourceContract,
  stageDataset,
  type TrustedDataset,
  withScratchSchema,
} from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { requireKnownOptions } from "../errors.js";
import { withTemporaryFolder } from "../storage/index.js";
import { judgeTables } from "./judge-tables.js";
import type { LedgerEntry } from "./ledger.js";
import { trustedTables } from "./trusted-tables.js";

/** Options for exploring a file. */
export interface ExploreOptions {
  /** File, or folder with the files of the mapping. */
  readonly path: string;
  readonly mapping: Mapping;
  /** Settings of the dataset; defaults to the default settings. */
  readonly settings?: DatasetSettings;
  /** Alternative names of the mapping's files. */
  readonly otherNames?: Readonly<Record<string, readonly string[]>>;
  /** Also drops rows identical to an earlier row; defaults to false. */
  readonly deduplicate?: boolean;
  /** Numbers the lines of orders and returns in `line_no`, which requires a sort; defaults to false. */
  readonly numberLines?: boolean;
  /** Later times than the day after are implausible; defaults to the current time. */
  readonly now?: Date;
}

/** Trusted tables in the engine only, and the cleaning ledger. */
export interface ExploredDataset extends TrustedDataset {
  readonly ledger: readonly LedgerEntry[];
}

/**
 * Imports and cleans files without writing anything: registers the trusted tables, without protected columns, in the
 * engine under their canonical names until the next call. The result equals `importDataset` followed by `cleanDataset`.
 *
 * @throws {Error} If a file is missing or cannot be read with the mapping.
 * @throws {SyntaxError} If the SQL of a rule is invalid.
 * @throws {RangeError} If one order belongs to two customers, or a required value is missing.
 */
export async function exploreFile(engine: Engine, options: ExploreOptions): Promise<ExploredDataset> {
  requireKnownOptions("explore a file", options, {
    path: true,
    mapping: true,
    settings: true,
    otherNames: true,
    deduplicate: true,
    numberLines: true,
    now: true,
  });
  const {
    path,
    mapping,
    settings = defaultSettings,
    otherNames = {},
    deduplicate = false,
    numberLines = false,
    now = new Date(),
  } = options;
  const locate = fileLocator(path, mapping, otherNames);
  const asked = settings.cleaning.some(({ where }) => /\b(line_no|source_row)\b/.test(where));
  const others = Object.keys(mapping).filter((table) => table !== "orders" && table !== "order_lines");
  const explore = async (temporaryFolder: string, schema: string): Promise<ExploredDataset> => {
    const staged = await stageDataset(
      engine,
      { mapping, settings },
      { locate, temporaryFolder, onError: "fail", now, profile: false, numberLines: numberLines || asked },
    );
    for (const table of others) await engine.run(`CREATE OR REPLACE VIEW ${table} AS SELECT * FROM staged_${table}`);
    // No row was excluded as unreadable, so no further count is necessary.
    const rows = Object.fromEntries(["lines", ...others].map((table) => [table, 0]));
    const ledger = await judgeTables(engine, { settings, mapping, rejected: [] }, { rows, deduplicate });
    const tables: Record<string, string[]> = {};
    const queries = await trustedTables(engine, { settings, others });
    for (const { name, sql } of queries.filter((query) => query.name in sourceContract)) {
      const trusted = quotedIdentifier(`trusted_${name}`);
      // Orders are few and used by most queries.
      await engine.run(`CREATE OR REPLACE ${name === "orders" ? "TABLE" : "VIEW"} ${trusted} AS ${sql}`);
      await engine.run(`CREATE OR REPLACE VIEW main.${quotedIdentifier(name)} AS SELECT * FROM ${schema}.${trusted}`);
      tables[name] = (await engine.describe(`SELECT * FROM ${trusted}`)).map((column) => column.name);
    }
    const about = { name: "explored", title: basename(path), sha256: staged.sha256 };
    return { ...about, settings, deduplicated: deduplicate, tables, ledger };
  };
  return withTemporaryFolder(join(tmpdir(), "rekindle-explore"), (folder) =>
    withScratchSchema(engine, "explore", (schema) => explore(folder, schema), { keep: true }),
  );
}
