import type { TrustedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";

/** Sums the spend of each customer by category; empty if the dataset has no categories. The history must be open. */
export async function categorySpend(
  engine: Engine,
  { tables }: Pick<TrustedDataset, "tables">,
): Promise<Map<string, Map<string, number>>> {
  const result = new Map<string, Map<string, number>>();
  if (!tables["products"]?.includes("category") || !tables["order_lines"]?.includes("product_id")) return result;
  const columns = await engine.columns(
    `SELECT o.customer_id, p.category, sum(l.amount) AS amount FROM order_lines AS l
     JOIN orders AS o ON o.order_id = l.order_id JOIN products AS p ON p.product_id = l.product_id
     WHERE p.category IS NOT NULL GROUP BY o.customer_id, p.category ORDER BY o.customer_id, p.category`,
  );
  const [ids, categories] = [columns["customer_id"], columns["category"]] as string[][];
  ids.forEach((id, i) => {
    const own = result.get(id) ?? new Map<string, number>();
    own.set(categories[i], (columns["amount"] as Float64Array)[i]);
    result.set(id, own);
  });
  return result;
}
