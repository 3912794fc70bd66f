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
import { withTemporaryFolder } from "../storage/index.js";
import { judgeTables } from "./judge-tables.js";
import type { LedgerEntry } from "./ledger.js";
import { trustedTables } from "./trusted-tables.js";

/** What to read and how; nothing of it is stored. */
export interface ExploreOptions {
  /** A file, or a folder with the files of the mapping. */
  readonly path: string;
  readonly mapping: Mapping;
  /** Defaults to those of a dataset that states none. */
  readonly settings?: DatasetSettings;
  /** Other names of the mapping's files. */
  readonly otherNames?: Readonly<Record<string, readonly string[]>>;
  /** Also drops rows that repeat an earlier one in every column; defaults to false. */
  readonly deduplicate?: boolean;
  /** Gives order lines and returns their `line_no`, which takes a sort; defaults to false. */
  readonly numberLines?: boolean;
}

/** Trusted tables that are in the engine alone, and what the rules did. */
export interface ExploredDataset extends TrustedDataset {
  readonly ledger: readonly LedgerEntry[];
}

/**
 * Imports and cleans without writing anything: the trusted tables become readable in the engine under their canonical
 * names, until the next exploration; protected columns are not among them. Reading, rules and tables are those of `importDataset` and `cleanDataset`.
 *
 * @throws {Error} If a file is missing or cannot be read as the mapping says.
 * @throws {SyntaxError} If a rule cannot be run.
 * @throws {RangeError} If one order belongs to two customers, or an indispensable value is missing.
 */
export async function exploreFile(
  engine: Engine,
  {
    path,
    mapping,
    settings = defaultSettings,
    otherNames = {},
    deduplicate = false,
    numberLines = false,
  }: ExploreOptions,
): Promise<ExploredDataset> {
  const locate = fileLocator(path, mapping, otherNames);
  const asked = settings.cleaning.some(({ where }) => /\b(line_no|source_row)\b/.test(where));
  const others = Object.keys(mapping).filter((table) => table !== "orders" && table !== "order_lines");
  const explore = async (temporaryFolder: string, schema: string): Promise<ExploredDataset> => {
    const staged = await stageDataset(
      engine,
      { mapping, settings },
      { locate, temporaryFolder, onError: "fail", profile: false, numberLines: numberLines || asked },
    );
    for (const table of others) await engine.run(`CREATE OR REPLACE VIEW ${table} AS SELECT * FROM staged_${table}`);
    // Nothing was left out as unreadable, so that nobody has to count what there is.
    const rows = Object.fromEntries(["lines", ...others].map((table) => [table, 0]));
    const ledger = await judgeTables(engine, { settings, mapping, rejected: [] }, { rows, deduplicate });
    const tables: Record<string, string[]> = {};
    const queries = await trustedTables(engine, { settings, others });
    for (const { name, sql } of queries.filter((query) => query.name in sourceContract)) {
      const trusted = quotedIdentifier(`trusted_${name}`);
      // Orders are few, and everything asks for them.
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
