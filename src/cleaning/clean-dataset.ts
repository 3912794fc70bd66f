import { join } from "node:path";
import {
  type CleaningRule,
  openTrustedTables,
  type Provenance,
  withScratchSchema,
  writeTrustedDataset,
} from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { replaceFolder } from "../replace-folder.js";
import { applyRules, deduplicationRule } from "./apply-rules.js";
import { type LedgerEntry, unreadableRows } from "./ledger.js";
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
 *
 * @throws {SyntaxError} If a rule cannot be run.
 * @throws {RangeError} If one order belongs to two customers, or no order is left.
 */
export async function cleanDataset(
  engine: Engine,
  provenance: Provenance,
  { rawFolder, folder, deduplicate = false }: CleanOptions,
): Promise<CleaningReport> {
  const report = await replaceFolder(folder, (temporaryFolder) =>
    withScratchSchema(engine, "clean", async () => {
      const rulesOf = rulesByTable(provenance, deduplicate);
      const ledger = await applyAllRules(engine, provenance, { rawFolder, rulesOf });
      const tables = await writeTables(engine, {
        folder: temporaryFolder,
        timezone: provenance.settings.timezone,
        protectedColumns: provenance.settings.protected,
        others: Object.keys(provenance.tables).filter((table) => table !== "lines"),
      });
      await writeTrustedDataset(temporaryFolder, {
        name: provenance.name,
        title: provenance.title,
        sha256: provenance.sha256,
        settings: provenance.settings,
        deduplicated: deduplicate,
        tables: Object.fromEntries(tables.map(({ name, columns }) => [name, columns])),
      });
      return {
        dataset: provenance.name,
        dataset_sha256: provenance.sha256,
        deduplicated: deduplicate,
        ...(await countOrders(engine, ledger)),
        rejected_rows: provenance.rejected.length,
        ledger,
        trade_offs: await measureTradeOffs(engine, rulesOf("lines")),
        tables,
      };
    }),
  );
  await openTrustedTables(engine, folder);
  return report;
}

function rulesByTable({ settings }: Provenance, deduplicate: boolean): (table: string) => readonly CleaningRule[] {
  return (table) => {
    const rules = settings.cleaning.filter((rule) => (rule.table ?? "lines") === table);
    const already = rules.some(({ where }) => where === deduplicationRule.where);
    return table === "lines" && deduplicate && !already ? [...rules, deduplicationRule] : rules;
  };
}

async function applyAllRules(
  engine: Engine,
  { tables, rejected, mapping }: Provenance,
  { rawFolder, rulesOf }: { rawFolder: string; rulesOf: (table: string) => readonly CleaningRule[] },
): Promise<LedgerEntry[]> {
  const ledger: LedgerEntry[] = [];
  for (const table of Object.keys(tables)) await engine.registerParquet(table, join(rawFolder, `${table}.parquet`));
  // An order without lines is in no table, but its unreadable row must not be lost sight of.
  if (mapping.order_lines) ledger.push(...unreadableRows({ rejected, source: "orders", table: "orders", rows: 0 }));
  for (const [table, { rows }] of Object.entries(tables)) {
    const source = table === "lines" ? (mapping.order_lines ? "order_lines" : "orders") : table;
    const entries = await applyRules(engine, table, rulesOf(table));
    ledger.push(...unreadableRows({ rejected, rows, source, table, next: entries[0] }), ...entries);
  }
  return ledger;
}

async function countOrders(
  engine: Engine,
  ledger: readonly LedgerEntry[],
): Promise<Pick<CleaningReport, "first_order" | "last_order" | "lines" | "orders" | "customers" | "revenue">> {
  const [facts] = await engine.rows(
    `SELECT min(ordered_on) AS first, max(ordered_on) AS last, count(*) AS orders, count(DISTINCT customer_id) AS customers,
       COALESCE(sum(amount), 0) AS revenue, (SELECT count(*) FROM order_lines) AS lines FROM orders`,
  );
  if (!facts["orders"]) {
    const rules = ledger.filter(({ table, rows_touched }) => table === "lines" && rows_touched > 0);
    const what = rules.map(({ rule, rows_touched }) => `${rule} ${rows_touched}`).join(", ");
    throw new RangeError(`Cannot clean: no order is left, the rules removed every line (${what})`);
  }
  return {
    first_order: facts["first"] as string | null,
    last_order: facts["last"] as string | null,
    lines: Number(facts["lines"]),
    orders: Number(facts["orders"]),
    customers: Number(facts["customers"]),
    revenue: Number(facts["revenue"]),
  };
}
