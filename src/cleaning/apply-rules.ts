import type { CleaningRule } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { messageOf } from "../errors.js";

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
  readonly revenue_touched: number;
  readonly revenue_after: number;
}

/** A rule that removes rows which repeat an earlier one in every column of the source. */
export const deduplicationRule: CleaningRule = {
  name: "full_row_duplicate",
  where: "copy_no > 1",
  action: "drop",
  reason: "The row repeats an earlier one in every column",
};

/**
 * Applies rules in order to the engine's table `table`. Every row belongs to the first rule that it meets; what no
 * rule removes becomes the table `clean_<table>`, what a rule moves becomes `returned_<table>`.
 *
 * @returns One ledger entry per rule, in order.
 * @throws {SyntaxError} If a rule's predicate cannot be run.
 */
export async function applyRules(
  engine: Engine,
  table: string,
  rules: readonly CleaningRule[],
): Promise<LedgerEntry[]> {
  const names = (await engine.describe(`SELECT * FROM ${quotedIdentifier(table)}`)).map(({ name }) => name);
  const usesCopies = rules.some(({ where }) => /\bcopy_no\b/.test(where));
  const same = names
    .filter((name) => name !== "source_row" && name !== "line_no")
    .map(quotedIdentifier)
    .join(", ");
  const copies = usesCopies ? `, row_number() OVER (PARTITION BY ${same} ORDER BY source_row) AS copy_no` : "";
  await judge(engine, table, rules, copies);
  const has = (name: string) => names.includes(name);
  const customer = has("customer_id") ? "customer_id" : "CAST(NULL AS VARCHAR)";
  const amount = has("amount") ? "amount" : "@money(0)";
  const judged = quotedIdentifier(`judged_${table}`);
  const removing = rules.map(({ action }, i) => ({ action, number: i + 1 })).filter(({ action }) => action !== "set");
  const stays = `verdict NOT IN (${removing.map(({ number }) => number).join(", ") || "-1"})`;
  const figures = await engine.rows(
    `SELECT verdict, count(*) AS rows, count(DISTINCT ${customer}) AS customers, COALESCE(sum(${amount}), 0) AS revenue FROM ${judged} GROUP BY verdict ORDER BY verdict`,
  );
  // A customer is there as long as one of its rows is: the last verdict of any of them decides.
  const lasting = await engine.rows(
    `SELECT last, count(*) AS customers FROM (
       SELECT ${customer} AS customer, max(CASE WHEN ${stays} THEN ${rules.length + 1} ELSE verdict END) AS last
       FROM ${judged} GROUP BY customer) AS t WHERE customer IS NOT NULL GROUP BY last`,
  );
  const entries = ledgerOf(table, rules, figures, lasting);
  const columns = names.map((name) => setExpression(name, rules)).join(", ");
  await engine.run(
    `CREATE OR REPLACE TABLE ${quotedIdentifier(`clean_${table}`)} AS SELECT ${columns} FROM ${judged} WHERE ${stays}`,
  );
  const returned = removing.filter(({ action }) => action === "return").map(({ number }) => number);
  await engine.run(
    `CREATE OR REPLACE TABLE ${quotedIdentifier(`returned_${table}`)} AS SELECT ${names.map(quotedIdentifier).join(", ")} FROM ${judged} WHERE verdict IN (${returned.join(", ") || "-1"})`,
  );
  await engine.run(`DROP TABLE ${judged}`);
  return entries;
}

/** Gives every row the number of the first rule that it meets, 0 for none. */
async function judge(engine: Engine, table: string, rules: readonly CleaningRule[], copies: string): Promise<void> {
  const cases = rules.map(({ where }, i) => `WHEN ${where} THEN ${i + 1}`).join("\n");
  const verdict = rules.length ? `CASE ${cases}\nELSE 0 END` : "0";
  try {
    await engine.run(
      `CREATE OR REPLACE TABLE ${quotedIdentifier(`judged_${table}`)} AS
       SELECT *, ${verdict} AS verdict FROM (SELECT *${copies} FROM ${quotedIdentifier(table)}) AS t`,
    );
  } catch (cause) {
    throw new SyntaxError(`Cannot apply the cleaning rules to "${table}": ${messageOf(cause)}`, { cause });
  }
}

function setExpression(name: string, rules: readonly CleaningRule[]): string {
  const column = quotedIdentifier(name);
  const cases = rules.flatMap(({ action, set }, i) =>
    action === "set" && set?.[name] !== undefined ? [`WHEN verdict = ${i + 1} THEN ${set[name]}`] : [],
  );
  return cases.length ? `CASE ${cases.join(" ")} ELSE ${column} END AS ${column}` : column;
}

type Figures = readonly Readonly<Record<string, string | number | boolean | null>>[];

function ledgerOf(table: string, rules: readonly CleaningRule[], figures: Figures, lasting: Figures): LedgerEntry[] {
  const figure = (verdict: number, name: string) =>
    Number(figures.find((row) => row["verdict"] === verdict)?.[name] ?? 0);
  const total = (name: string) => cents(figures.reduce((sum, row) => sum + Number(row[name]), 0));
  let rows = total("rows");
  let revenue = total("revenue");
  let customers = lasting.reduce((sum, row) => sum + Number(row["customers"]), 0);
  return rules.map(({ name, action, reason }, i) => {
    const touched = { rows: figure(i + 1, "rows"), revenue: figure(i + 1, "revenue") };
    const removes = action !== "set";
    const gone = removes ? Number(lasting.find((row) => row["last"] === i + 1)?.["customers"] ?? 0) : 0;
    const entry = {
      rule: name,
      table,
      action,
      reason,
      rows_before: rows,
      rows_touched: touched.rows,
      rows_after: removes ? rows - touched.rows : rows,
      customers_before: customers,
      customers_touched: figure(i + 1, "customers"),
      customers_after: customers - gone,
      revenue_before: revenue,
      revenue_touched: touched.revenue,
      revenue_after: removes ? cents(revenue - touched.revenue) : revenue,
    };
    rows = entry.rows_after;
    customers = entry.customers_after;
    revenue = entry.revenue_after;
    return entry;
  });
}

/** Sums of exact four-decimal amounts, brought back to four decimals after arithmetic in doubles. */
function cents(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}

/** The ledger as CSV, one line per rule. */
export function ledgerCsv(ledger: readonly LedgerEntry[]): string {
  if (!ledger.length) return "rule,table,action,reason\n";
  const names = Object.keys(ledger[0]) as (keyof LedgerEntry)[];
  const field = (value: string | number) =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return `${names.join(",")}\n${ledger.map((entry) => names.map((name) => field(entry[name])).join(",")).join("\n")}\n`;
}
