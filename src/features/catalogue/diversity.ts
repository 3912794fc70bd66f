import type { GroupFeature } from "./feature-definition.js";

const products = ["order_lines.product_id"];
const categories = ["order_lines.product_id", "products.category"];

export const diversityFeatures: readonly GroupFeature[] = [
  {
    name: "num_distinct_products",
    unit: "products",
    definition: "Different products bought",
    needs: products,
  },
  {
    name: "num_distinct_categories",
    unit: "categories",
    definition: "Different categories bought",
    needs: categories,
  },
  {
    name: "num_distinct_stores",
    unit: "stores",
    definition: "Different stores bought in",
    needs: ["orders.store_id"],
  },
];
