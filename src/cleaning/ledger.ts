import type { CleaningRule, Provenance } from "../datasets/index.js";
import type { Row } from "../engine/index.js";
import { csvText } from "../text/index.js";

/** Effect of one rule: rows, customers and revenue before, touched and after. */
export interface LedgerEntry {
  readonly rule: string;
  readonly table: string;
  readonly action: CleaningRule["action"];
  readonly reason: string;
  readonly rows_before: number;
  readonly rows_touched: number;
  readonly rows_after: number;
  /** Customers with at least one row; 0 in tables without customers. */
  readonly customers_before: number;
  readonly customers_touched: number;
  readonly customers_after: number;
  /** Sum of amounts in the dataset's currency; 0 in tables without amounts. */
  readonly revenue_before: number;
  /** Revenue of the removed rows; for `set`, the change of the rewritten rows. */
  readonly revenue_touched: number;
  readonly revenue_after: number;
}

/** Counts of the rows of one table by rule. */
export interface RuleFigures {
  /** `rule, rows, customers, revenue` of the rows that each rule removed, by its number from 1; 0 for those that stay. */
  readonly removed: readonly Row[];
  /** The same columns for the rows that each `set` rule rewrote; revenue is the change. */
  readonly rewritten: readonly Row[];
  /** `last, customers`: customers by the last rule that removes one of their rows; the number of rules plus 1 for kept customers. */
  readonly lasting: readonly Row[];
  /** Sum of amounts before any rule. */
  readonly worth: number;
}

/** Returns the ledger entries of one table's rules. */
export function ledgerOf(
  table: string,
  rules: readonly CleaningRule[],
  { removed, rewritten, lasting, worth }: RuleFigures,
): LedgerEntry[] {
  let rows = removed.reduce((sum, row) => sum + Number(row["rows"]), 0);
  let customers = lasting.reduce((sum, row) => sum + Number(row["customers"]), 0);
  let revenue = cents(worth);
  return rules.map(({ name, action, reason }, i) => {
    const removes = action !== "set";
    const touched = (removes ? removed : rewritten).find((row) => row["rule"] === i + 1);
    const amount = cents(Number(touched?.["revenue"] ?? 0));
    const gone = removes ? Number(lasting.find((row) => row["last"] === i + 1)?.["customers"] ?? 0) : 0;
    const entry: LedgerEntry = {
      rule: name,
      table,
      action,
      reason,
      rows_before: rows,
      rows_touched: Number(touched?.["rows"] ?? 0),
      rows_after: removes ? rows - Number(touched?.["rows"] ?? 0) : rows,
      customers_before: customers,
      customers_touched: Number(touched?.["customers"] ?? 0),
      customers_after: customers - gone,
      revenue_before: revenue,
      revenue_touched: amount,
      revenue_after: cents(removes ? revenue - amount : revenue + amount),
    };
    rows = entry.rows_after;
    customers = entry.customers_after;
    revenue = entry.revenue_after;
    return entry;
  });
}

/** Options for the ledger entry of unreadable rows. */
export interface UnreadableRowsOptions {
  readonly rejected: Provenance["rejected"];
  /** Source table of the rejected rows. */
  readonly source: string;
  /** Table of the entry. */
  readonly table: string;
  /** Readable rows of the table. */
  readonly rows: number;
  /** Next entry of the table; defaults to none. */
  readonly next?: LedgerEntry | undefined;
}

/**
 * Returns the entry of the rows excluded at import as unreadable, if any. Their customers and amounts are unknown.
 */
export function unreadableRows({ rejected, source, table, rows, next }: UnreadableRowsOptions): LedgerEntry[] {
  const touched = rejected.filter((row) => row.table === source).length;
  if (!touched) return [];
  const customers = next?.customers_before ?? 0;
  const revenue = next?.revenue_before ?? 0;
  return [
    {
      rule: "unreadable_rows",
      table,
      action: "drop",
      reason: "Unreadable rows, excluded at import; their customers and amounts are unknown",
      rows_before: rows + touched,
      rows_touched: touched,
      rows_after: rows,
      customers_before: customers,
      customers_touched: 0,
      customers_after: customers,
      revenue_before: revenue,
      revenue_touched: 0,
      revenue_after: revenue,
    },
  ];
}

/** Rounds a sum of four-decimal amounts to four decimals, to remove the error of double arithmetic. */
function cents(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}

const ledgerColumns = [
  "rule",
  "table",
  "action",
  "reason",
  "rows_before",
  "rows_touched",
  "rows_after",
  "customers_before",
  "customers_touched",
  "customers_after",
  "revenue_before",
  "revenue_touched",
  "revenue_after",
] as const satisfies readonly (keyof LedgerEntry)[];

/** Formats the ledger as CSV, one line per rule. */
export function ledgerCsv(ledger: readonly LedgerEntry[]): string {
  return csvText(
    ledgerColumns,
    ledger.map((entry) => ledgerColumns.map((name) => entry[name])),
  );
}
