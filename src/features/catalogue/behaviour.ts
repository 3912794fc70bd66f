import type { GroupFeature } from "./feature-definition.js";

const orders = ["orders"];
const categories = ["order_lines.product_id", "products.category"];

export const behaviourFeatures: readonly GroupFeature[] = [
  {
    name: "purchase_momentum",
    unit: "ratio",
    definition: "3 x orders in 30 days / orders in 90 days: 1 is steady, 3 if all are recent, 0 without any",
    needs: orders,
  },
  {
    name: "weekend_transaction_rate",
    unit: "share",
    definition: "Orders on Saturday or Sunday / orders",
    needs: orders,
  },
  {
    name: "avg_items_per_transaction",
    unit: "items",
    definition: "Pieces / orders",
    needs: ["order_lines.quantity"],
  },
  {
    name: "avg_net_sales_per_transaction",
    unit: "money",
    definition: "(Amount bought - amount returned) / orders, under either policy on returns",
    needs: orders,
  },
  {
    name: "num_merchandise_divisions",
    unit: "categories",
    definition: "Different categories bought",
    needs: categories,
  },
  {
    name: "recency_days_2y",
    unit: "days",
    definition: "Days since the last order of the last 730 days; missing if there was none",
    needs: orders,
  },
  {
    name: "monetary_decile_2y",
    unit: "decile",
    definition: "Tenth of the customers by spend in the last 730 days, 10 the best; equals share the lower tenth",
    needs: orders,
  },
];
