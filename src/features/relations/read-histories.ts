import type { ObservedHistories } from "../observed-histories.js";
import type { ObservedTables } from "./observed-tables.js";

/** Reads purchase histories as of some days, ordered by day and customer. */
export async function readHistories(
  { btydSummary, relations: { engine } }: Pick<ObservedTables, "btydSummary" | "relations">,
  days: readonly string[],
): Promise<ObservedHistories> {
  const { relation } = await btydSummary(days);
  const columns = await engine.columns(
    `SELECT customer_id, as_of, x, t_x, T, m_x FROM ${relation} ORDER BY as_of, customer_id`,
  );
  await engine.run(`DROP TABLE ${relation}`);
  const numbers = (name: string) => columns[name] as Float64Array;
  return {
    customerIds: columns["customer_id"] as string[],
    asOf: columns["as_of"] as string[],
    x: numbers("x"),
    t_x: numbers("t_x"),
    T: numbers("T"),
    m_x: numbers("m_x"),
  };
}
