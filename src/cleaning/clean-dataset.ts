import { join } from "node:path";
import { openTrustedTables, type Provenance, withScratchSchema, writeTrustedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { replaceFolder } from "../storage/index.js";
import { judgeTables, rulesOf } from "./judge-tables.js";
import type { LedgerEntry } from "./ledger.js";
import { measureTradeOffs, type TradeOffs } from "./trade-offs.js";
import { trustedTables } from "./trusted-tables.js";
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

/** Where raw tables lie, where trusted ones go, and what counts as a copy. */
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
      for (const table of Object.keys(provenance.tables)) {
        await engine.registerParquet(table, join(rawFolder, `${table}.parquet`));
      }
      const rows = Object.fromEntries(Object.entries(provenance.tables).map(([table, { rows }]) => [table, rows]));
      const ledger = await judgeTables(engine, provenance, { rows, deduplicate });
      const others = Object.keys(provenance.tables).filter((table) => table !== "lines");
      const trusted = await trustedTables(engine, { settings: provenance.settings, others });
      const tables = await writeTables(engine, trusted, temporaryFolder);
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
        trade_offs: await measureTradeOffs(engine, rulesOf(provenance.settings, "lines", { deduplicate })),
        tables,
      };
    }),
  );
  await openTrustedTables(engine, folder);
  return report;
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
