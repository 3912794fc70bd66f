import type { CleaningRule, Provenance } from "../datasets/index.js";
import type { Row } from "../engine/index.js";
import { csvField } from "../text/index.js";

/** What one rule did: rows, customers and revenue before it, touched by it, and after it. */
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
  /** Of the rows that were removed; for `set`, by how much the rewritten rows changed. */
  readonly revenue_touched: number;
  readonly revenue_after: number;
}

/** What the rules of one table did, as counted on its judged rows. */
export interface RuleFigures {
  /** `rule, rows, customers, revenue` of the rows that each rule removed, by its number from 1; 0 for those that stay. */
  readonly removed: readonly Row[];
  /** The same of the rows that each `set` rule rewrote; its revenue is the change. */
  readonly rewritten: readonly Row[];
  /** `last, customers`: customers by the last rule that removes one of their rows; one more than the rules for those who stay. */
  readonly lasting: readonly Row[];
  /** Sum of amounts before any rule. */
  readonly worth: number;
}

/** The entries of one table's rules, each beginning where the one before it ends. */
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

/** Rows that never became typed, as the import counted them. */
export interface UnreadableRowsOptions {
  readonly rejected: Provenance["rejected"];
  /** The source's table, by which rejected rows are named. */
  readonly source: string;
  /** The table of the entry. */
  readonly table: string;
  /** Rows of the table that could be read. */
  readonly rows: number;
  /** The table's next entry, which begins where this one ends; defaults to none. */
  readonly next?: LedgerEntry | undefined;
}

/**
 * The entry of the rows that an import left out because they could not be read, if there are any. Whose they were and
 * what they were worth is not known.
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
      reason: "Rows that could not be read were left out at import; their customers and their worth are not known",
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

/** Sums of exact four-decimal amounts, brought back to four decimals after arithmetic in doubles. */
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

/** The ledger as CSV, one line per rule. */
export function ledgerCsv(ledger: readonly LedgerEntry[]): string {
  const names = ledgerColumns;
  const lines = [
    names.join(","),
    ...ledger.map((entry) => names.map((name) => csvField(String(entry[name]))).join(",")),
  ];
  return `${lines.join("\n")}\n`;
}
