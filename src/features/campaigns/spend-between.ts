import type { Engine } from "../../engine/index.js";
import { requireKnownOptions } from "../../errors.js";
import { checkedDay } from "../../text/index.js";

/**
 * Sums the spend of customers between two days, both included, before returns: amounts below 0 are skipped. The history
 * must be open up to the last day.
 *
 * @returns Shape (n,) like `ids`; 0 for customers without an order.
 */
export async function spendBetween(
  engine: Engine,
  ids: readonly string[],
  options: { readonly from: string; readonly to: string },
): Promise<Float64Array> {
  requireKnownOptions("sum spend between days", options, { from: true, to: true });
  const { from, to } = options;
  const columns = await engine.columns(
    `SELECT customer_id, @number(sum(greatest(amount, 0))) AS spend FROM orders
     WHERE ordered_on BETWEEN DATE '${checkedDay(from)}' AND DATE '${checkedDay(to)}'
     GROUP BY customer_id ORDER BY customer_id`,
  );
  const spend = columns["spend"] as Float64Array;
  const byId = new Map((columns["customer_id"] as string[]).map((id, i) => [id, spend[i]]));
  return Float64Array.from(ids, (id) => byId.get(id) ?? 0);
}
