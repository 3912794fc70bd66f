import { join } from "node:path";
import { type CleaningRule, openTrustedTables, type Provenance, writeTrustedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { replaceFolder } from "../replace-folder.js";
import { applyRules, deduplicationRule, type LedgerEntry } from "./apply-rules.js";
import { measureTradeOffs, type TradeOffs } from "./trade-offs.js";
import { type TrustedTable, writeTables } from "./write-tables.js";

/** What cleaning did, as `cleaning_report.json` holds it. */
export interface CleaningReport {
  readonly dataset: string;
  readonly dataset_sha256: string;
  readonly deduplicated: boolean;
  readonly first_order: string | null;
  readonly last_order: string | null;
  readonly lines: number;
  readonly orders: number;
  readonly customers: number;
  readonly revenue: number;
  /** Rows that the import left out as unreadable. */
  readonly rejected_rows: number;
  readonly ledger: readonly LedgerEntry[];
  readonly trade_offs: TradeOffs;
  readonly tables: readonly TrustedTable[];
}

export interface CleanOptions {
  /** `datasets/raw/<name>`. */
  readonly rawFolder: string;
  /** `datasets/processed/<name>`, which is replaced as a whole. */
  readonly folder: string;
  /** Also drops rows that repeat an earlier one in every column; defaults to false. */
  readonly deduplicate?: boolean;
}

/**
 * Turns the raw tables of an import into trusted ones by the dataset's rules, and leaves the trusted tables
 * registered in the engine under their canonical names.
 */
export async function cleanDataset(
  engine: Engine,
  provenance: Provenance,
  { rawFolder, folder, deduplicate = false }: CleanOptions,
): Promise<CleaningReport> {
  const { settings, tables } = provenance;
  const rulesOf = (table: string): CleaningRule[] =>
    settings.cleaning.filter((rule) => (rule.table ?? "lines") === table);
  const ledger: LedgerEntry[] = [];
  for (const table of Object.keys(tables)) {
    await engine.registerParquet(table, join(rawFolder, `${table}.parquet`));
    const rules = table === "lines" && deduplicate ? [...rulesOf(table), deduplicationRule] : rulesOf(table);
    ledger.push(...(await applyRules(engine, table, rules)));
  }
  const others = Object.keys(tables).filter((table) => table !== "lines");
  const written = await replaceFolder(folder, async (temporaryFolder) => {
    const tables = await writeTables(engine, {
      folder: temporaryFolder,
      timezone: settings.timezone,
      protectedColumns: settings.protected,
      others,
    });
    await writeTrustedDataset(temporaryFolder, {
      name: provenance.name,
      title: provenance.title,
      sha256: provenance.sha256,
      settings,
      deduplicated: deduplicate,
      tables: Object.fromEntries(tables.map(({ name, columns }) => [name, columns])),
    });
    return tables;
  });
  await openTrustedTables(engine, folder);
  const [facts] = await engine.rows(
    `SELECT min(ordered_on) AS first, max(ordered_on) AS last, count(*) AS orders, count(DISTINCT customer_id) AS customers,
       COALESCE(sum(amount), 0) AS revenue, (SELECT count(*) FROM order_lines) AS lines FROM orders`,
  );
  return {
    dataset: provenance.name,
    dataset_sha256: provenance.sha256,
    deduplicated: deduplicate,
    first_order: facts["first"] as string | null,
    last_order: facts["last"] as string | null,
    lines: Number(facts["lines"]),
    orders: Number(facts["orders"]),
    customers: Number(facts["customers"]),
    revenue: Number(facts["revenue"]),
    rejected_rows: provenance.rejected.length,
    ledger,
    trade_offs: await measureTradeOffs(engine),
    tables: written,
  };
}
