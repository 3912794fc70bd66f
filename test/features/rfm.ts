import type { Engine } from "../../src/engine/index.js";

/** Figures over the engine's table `features`, for comparison with the datasets README. */
export async function rfmFacts(engine: Engine): Promise<Readonly<Record<string, number>>> {
  const spread = (prefix: string, name: string) =>
    [
      `avg(${name}) AS ${prefix}_mean, max(${name}) AS ${prefix}_max`,
      ...[25, 50, 75].map((p) => `@quantile(${name}, ${p / 100}) AS ${prefix}_${p}`),
    ].join(", ");
  const [row] = await engine.rows(
    `SELECT count(*) AS customers, sum(frequency) AS orders, sum(line_count) AS lines,
       sum(CASE WHEN frequency = 1 THEN 1 ELSE 0 END) AS one_order, sum(@money(monetary)) AS m_sum,
       ${spread("r", "recency_days")}, ${spread("f", "frequency")}, ${spread("m", "monetary")} FROM features`,
  );
  return row as Readonly<Record<string, number>>;
}

/** One customer's row of the table `features`. */
export async function rfmOf(engine: Engine, customerId: string) {
  const [row] = await engine.rows("SELECT * FROM features WHERE customer_id = $customerId", { customerId });
  return {
    recency: row["recency_days"],
    frequency: row["frequency"],
    lines: row["line_count"],
    monetary: row["monetary"],
  };
}
