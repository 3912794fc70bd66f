import { type Conventions, formatValue, numberTexts } from "../../table/index.js";

/** A rule as the ledger of a cleaning report has it. */
export interface CleaningStep {
  readonly rule: string;
  readonly action: string;
  readonly rows_before: number;
  readonly rows_after: number;
  readonly revenue_touched: number;
}

/** Totals of a cleaning report. */
export interface CleanedTotals {
  readonly lines: number;
  readonly customers: number;
  readonly orders: number;
  readonly first_order: string | null;
  readonly last_order: string | null;
}

/**
 * Sums up a cleaning in sentences: what was kept, and which rule costs most.
 *
 * @param ledger The rules of the order lines, in their order.
 */
export function cleaningTakeaways(
  ledger: readonly CleaningStep[],
  totals: CleanedTotals,
  conventions: Partial<Conventions> = {},
): string[] {
  const { lines, customers, orders, first_order: first, last_order: last } = totals;
  const { count, percent, money } = numberTexts(conventions);
  const day = (date: string | null) => formatValue(date, { kind: "date" }, conventions);
  const read = ledger[0]?.rows_before ?? lines;
  const kept = `${count(lines)} of ${count(read)} order lines were kept (${percent(read ? lines / read : 1)}): ${count(orders)} orders of ${count(customers)} customers from ${day(first)} to ${day(last)}.`;
  const costs = ledger
    .filter(({ rows_before, rows_after }) => rows_after < rows_before)
    .sort((a, b) => Math.abs(b.revenue_touched) - Math.abs(a.revenue_touched));
  const [most] = costs;
  if (!most) return [kept, "No rule removed order lines."];
  const what = most.action === "return" ? "moves" : "removes";
  return [
    kept,
    `The rule with the largest effect on revenue is "${most.rule.replaceAll("_", " ")}": it ${what} ${count(most.rows_before - most.rows_after)} lines worth ${money(Math.abs(most.revenue_touched))}. To change a rule, edit datasets/<name>/settings.json and run clean again.`,
  ];
}
