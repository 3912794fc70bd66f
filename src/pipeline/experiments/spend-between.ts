import type { Engine } from "../../engine/index.js";
import { checkedDay } from "../../features/index.js";

/** Days from the first to the last, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * What each customer with an order in these days spent in them, before returns: where a dataset has returns among its
 * orders, amounts below 0 are passed over. The engine is that of observations up to the last day.
 */
export async function spendBetween(engine: Engine, { from, to }: Days): Promise<ReadonlyMap<string, number>> {
  const columns = await engine.columns(
    `SELECT customer_id, @number(sum(greatest(amount, 0))) AS spend FROM orders
     WHERE ordered_on BETWEEN DATE '${checkedDay(from)}' AND DATE '${checkedDay(to)}'
     GROUP BY customer_id ORDER BY customer_id`,
  );
  const spend = columns["spend"] as Float64Array;
  return new Map((columns["customer_id"] as string[]).map((id, i) => [id, spend[i]]));
}

/** The spend of these customers, 0 for those without any. */
export function spendOf(ids: readonly string[], spend: ReadonlyMap<string, number>): Float64Array {
  return Float64Array.from(ids, (id) => spend.get(id) ?? 0);
}

/**
 * Days before an experiment whose spend is taken into account, unless something else is asked for: twice as many as it
 * runs. Against as many, and against a year, what is explained differs little on the demo and on Online Retail.
 */
export function beforeDaysOf(horizonDays: number): number {
  return 2 * horizonDays;
}
