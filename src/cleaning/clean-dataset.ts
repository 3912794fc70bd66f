import { join } from "node:path";
import {
  openTrustedTables,
  type Provenance,
  rulesHash,
  withScratchSchema,
  writeTrustedDataset,
} from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { requireKnownOptions } from "../errors.js";
import { replaceFolder } from "../storage/index.js";
import { judgeTables, rulesOf } from "./judge-tables.js";
import type { LedgerEntry } from "./ledger.js";
import { measureTradeOffs, type TradeOffs } from "./trade-offs.js";
import { trustedTables } from "./trusted-tables.js";
import { type TrustedTable, writeTables } from "./write-tables.js";

/** Result of cleaning, as saved in `cleaning_report.json`. */
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
  /** Unreadable rows, excluded at import. */
  readonly rejected_rows: number;
  readonly ledger: readonly LedgerEntry[];
  readonly trade_offs: TradeOffs;
  readonly tables: readonly TrustedTable[];
}

/** Options for cleaning a dataset. */
export interface CleanOptions {
  /** `datasets/raw/<name>`. */
  readonly rawFolder: string;
  /** `datasets/processed/<name>`; replaced as a whole. */
  readonly folder: string;
  /** Also drops rows identical to an earlier row; defaults to false. */
  readonly deduplicate?: boolean;
}

/**
 * Cleans the raw tables of an import by the dataset's rules into trusted tables, and registers these in the engine under
 * their canonical names.
 *
 * @throws {SyntaxError} If the SQL of a rule is invalid.
 * @throws {RangeError} If one order belongs to two customers, or no order is left.
 */
export async function cleanDataset(
  engine: Engine,
  provenance: Provenance,
  options: CleanOptions,
): Promise<CleaningReport> {
  requireKnownOptions("clean a dataset", options, { rawFolder: true, folder: true, deduplicate: true });
  const { rawFolder, folder, deduplicate = false } = options;
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
        rules_sha256: rulesHash(provenance.settings),
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
        trade_offs: await measureTradeOffs(engine, rulesOf(provenance.settings, "lines", { deduplicate }), {
          mayRepeat: provenance.sources.some(({ profile }) => (profile?.fullRowDuplicates ?? 1) > 0),
        }),
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
    throw new RangeError(`Cannot clean: the rules removed every line (${what}); change the rules`);
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
