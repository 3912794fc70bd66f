import { readFileSync } from "node:fs";
import { realData } from "../real-data.js";

/** A purchase history per customer, with spend; the columns that the models take. */
export interface Histories {
  x: number[];
  t_x: number[];
  T: number[];
  /** Mean spend per repeat purchase day. */
  m_x: number[];
  /** Purchase days in the holdout period, and what was spent on them. */
  xHoldout: number[];
  spendHoldout: number[];
  /** Days from the first day of the log to each customer's first purchase; `repeatDays`, to every repeat purchase. */
  firstDay: number[];
  /** What was spent on the first purchase day. */
  firstSpend: number[];
  repeatDays: number[];
}

const day = (text: string) => Date.UTC(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6, 8)) / 86_400_000;

/**
 * CDNOW as purchase days per customer, in exact weeks (days / 7), with the calibration period ending on `until`.
 * The sample is the 1/10 cohort, the master file everybody.
 */
export function cdnow(file: "sample" | "master", until: string): Histories {
  const lines = readFileSync(realData("cdnow", `CDNOW_${file}.txt`), "utf8").split(/\r?\n/);
  const skip = file === "sample" ? 1 : 0;
  const customers = new Map<string, Map<number, number>>();
  for (const line of lines) {
    const fields = line.trim().split(/\s+/);
    if (!/^\d/.test(fields[0])) continue;
    const [id, date] = [fields[0], fields[1 + skip]];
    const days = customers.get(id) ?? new Map<number, number>();
    customers.set(id, days.set(day(date), (days.get(day(date)) ?? 0) + Number(fields[3 + skip])));
  }
  const end = day(until);
  const start = day("19970101");
  const result = empty();
  for (const days of customers.values()) {
    const first = Math.min(...days.keys());
    const repeats = [...days].filter(([d]) => d > first && d <= end);
    const later = [...days].filter(([d]) => d > end);
    const spend = repeats.reduce((sum, [, amount]) => sum + amount, 0);
    result.x.push(repeats.length);
    result.t_x.push(repeats.length ? (Math.max(...repeats.map(([d]) => d)) - first) / 7 : 0);
    result.T.push((end - first) / 7);
    result.m_x.push(repeats.length ? spend / repeats.length : 0);
    result.xHoldout.push(later.length);
    result.spendHoldout.push(later.reduce((sum, [, amount]) => sum + amount, 0));
    result.firstDay.push(first - start);
    result.firstSpend.push(days.get(first)!);
    for (const d of days.keys()) if (d > first) result.repeatDays.push(d - start);
  }
  return result;
}

/** The sample's summary as other packages ship it: weeks to 1997-09-30, rounded to two decimals. */
export function cdnowRounded(): Pick<Histories, "x" | "t_x" | "T" | "m_x"> {
  const text = readFileSync(realData("cdnow", "cdnow_customers_summary_with_transactions.csv"), "utf8");
  const rows = text.trim().split(/\r?\n/).slice(1);
  const column = (k: number) => rows.map((row) => Number(row.split(",")[k]));
  return { x: column(1), t_x: column(2), T: column(3), m_x: column(4) };
}

/** The 11,104 donors of 1995 over six yearly opportunities. */
export function donations(): { x: number[]; t_x: number[]; T: number[]; counts: number[] } {
  const rows = readFileSync(realData("donations", "donations.csv"), "utf8").trim().split(/\r?\n/).slice(1);
  const column = (k: number) => rows.map((row) => Number(row.split(",")[k]));
  return { x: column(0), t_x: column(1), T: column(2), counts: column(3) };
}

function empty(): Histories {
  const holdout = { xHoldout: [], spendHoldout: [] };
  return { x: [], t_x: [], T: [], m_x: [], ...holdout, firstDay: [], firstSpend: [], repeatDays: [] };
}
