import type { GroupFeature } from "./feature-definition.js";

const orders = ["orders"];
const products = ["order_lines.product_id"];

export const rfmFeatures: readonly GroupFeature[] = [
  { name: "recency_days", unit: "days", definition: "Days from the last order to as_of", needs: orders },
  { name: "frequency", unit: "orders", definition: "Orders up to as_of", needs: orders },
  {
    name: "monetary",
    unit: "money",
    definition: "Spend up to as_of; less returns under the policy net",
    needs: orders,
  },
  { name: "avg_basket_value", unit: "money", definition: "monetary / frequency", needs: orders },
  { name: "unique_products", unit: "products", definition: "Different products bought", needs: products },
  {
    name: "avg_interpurchase_days",
    unit: "days",
    definition: "Mean days between one order and the next; missing with one order",
    needs: orders,
  },
  {
    name: "purchase_span_days",
    unit: "days",
    definition: "Days from the first order to the last",
    needs: orders,
  },
  {
    name: "price_sum",
    unit: "money",
    definition: "Sum of the amounts of all lines",
    needs: ["order_lines"],
  },
  { name: "price_mean", unit: "money", definition: "Mean amount of a line", needs: ["order_lines"] },
  { name: "line_count", unit: "lines", definition: "Order lines", needs: ["order_lines"] },
  {
    name: "purchase_frequency_per_month",
    unit: "orders per month",
    definition: "frequency / months of 30.4375 days since the first order, at least one month",
    needs: orders,
  },
  {
    name: "days_since_first_purchase",
    unit: "days",
    definition: "Days from the first order to as_of",
    needs: orders,
  },
  {
    name: "return_rate",
    unit: "share",
    definition: "Returned amount / amount bought, at most 1, under either policy on returns",
    needs: ["returns"],
  },
];
