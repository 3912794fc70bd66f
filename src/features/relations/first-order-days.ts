import type { Relations } from "./relations.js";

/** Reads the day of each customer's first order, sorted. */
export async function readFirstOrderDays({ seen }: Relations): Promise<string[]> {
  const { day, customers } = await seen.columns(
    `SELECT day, @number(count(*)) AS customers
     FROM (SELECT min(ordered_on) AS day FROM orders GROUP BY customer_id) AS firsts GROUP BY day ORDER BY day`,
  );
  // One text per day, however many customers came on it.
  return (day as string[]).flatMap((text, i) => new Array<string>((customers as Float64Array)[i]).fill(text));
}
