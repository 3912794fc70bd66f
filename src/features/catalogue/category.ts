import type { GroupFeature } from "./feature-definition.js";

const categories = ["order_lines.product_id", "products.category"];

export const categoryFeatures: readonly GroupFeature[] = [
  {
    name: "spend_30d_<category>",
    unit: "money",
    definition: "Spend in the category in the last 30 days",
    needs: categories,
  },
  {
    name: "txn_count_<category>",
    unit: "orders",
    definition: "Orders with the category",
    needs: categories,
  },
  {
    name: "favorite_category_<category>",
    unit: "flag",
    definition: "1 if more was spent in this category than in any other; of equals the first in the alphabet",
    needs: categories,
  },
];
