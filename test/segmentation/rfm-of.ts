import type { Engine } from "../../src/engine/index.js";
import { observe } from "../features/observe.js";
import type { Trusted } from "../features/trust.js";

/** Recency, orders, money and average order value of every customer, in the order of their ids. */
export async function rfmOf({ engine, dataset }: Trusted, asOf: string, minOrders = 1) {
  const only = ["recency_days", "frequency", "monetary", "avg_basket_value"];
  await observe(engine, dataset, { asOf, features: [asOf], only });
  return rfmColumns(engine, minOrders);
}

async function rfmColumns(engine: Engine, minOrders: number) {
  const columns = await engine.columns(
    "SELECT recency_days, frequency, monetary, avg_basket_value FROM features WHERE frequency >= $minOrders ORDER BY customer_id",
    { minOrders },
  );
  return columns as Readonly<Record<"recency_days" | "frequency" | "monetary" | "avg_basket_value", Float64Array>>;
}
