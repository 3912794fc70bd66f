export { categorySlug } from "../category-slug.js";

/** One feature: what it is, in which unit, and what a dataset must have for it. */
export interface FeatureDefinition {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly unit:
    | "days"
    | "orders"
    | "lines"
    | "items"
    | "products"
    | "categories"
    | "stores"
    | "months"
    | "money"
    | "money per day"
    | "orders per month"
    | "share"
    | "score"
    | "ratio"
    | "decile"
    | "square feet"
    | "persons"
    | "flag"
    | "level";
  readonly definition: string;
  /** `table` or `table.column`; the feature is left out where one is missing. */
  readonly needs: readonly string[];
}

export type FeatureGroup =
  | "rfm"
  | "engagement"
  | "windows"
  | "diversity"
  | "category"
  | "behaviour"
  | "promotion"
  | "demographics";

const orders = ["orders"];
const products = ["order_lines.product_id"];
const promotions = ["order_lines.promotion_id"];
const categories = ["order_lines.product_id", "products.category"];

/**
 * Every feature, in the order of the columns. A name that ends in `<category>` stands for one column per category of the
 * dataset's settings. Money is in the dataset's currency; days are calendar days in its time zone; windows of n days are
 * `as_of` - n + 1 to `as_of`.
 */
export const featureCatalogue: readonly FeatureDefinition[] = [
  { name: "recency_days", group: "rfm", unit: "days", definition: "Days from the last order to as_of", needs: orders },
  { name: "frequency", group: "rfm", unit: "orders", definition: "Orders up to as_of", needs: orders },
  {
    name: "monetary",
    group: "rfm",
    unit: "money",
    definition: "Spend up to as_of; less returns under the policy net",
    needs: orders,
  },
  { name: "avg_basket_value", group: "rfm", unit: "money", definition: "monetary / frequency", needs: orders },
  { name: "unique_products", group: "rfm", unit: "products", definition: "Different products bought", needs: products },
  {
    name: "avg_interpurchase_days",
    group: "rfm",
    unit: "days",
    definition: "Mean days between one order and the next; missing with one order",
    needs: orders,
  },
  {
    name: "purchase_span_days",
    group: "rfm",
    unit: "days",
    definition: "Days from the first order to the last",
    needs: orders,
  },
  {
    name: "price_sum",
    group: "rfm",
    unit: "money",
    definition: "Sum of the amounts of all lines",
    needs: ["order_lines"],
  },
  { name: "price_mean", group: "rfm", unit: "money", definition: "Mean amount of a line", needs: ["order_lines"] },
  { name: "line_count", group: "rfm", unit: "lines", definition: "Order lines", needs: ["order_lines"] },
  {
    name: "purchase_frequency_per_month",
    group: "rfm",
    unit: "orders per month",
    definition: "frequency / months of 30.4375 days since the first order, at least one month",
    needs: orders,
  },
  {
    name: "days_since_first_purchase",
    group: "rfm",
    unit: "days",
    definition: "Days from the first order to as_of",
    needs: orders,
  },
  {
    name: "return_rate",
    group: "rfm",
    unit: "share",
    definition: "Returned amount / amount bought, at most 1, under either policy on returns",
    needs: ["returns"],
  },
  {
    name: "active_month_share",
    group: "engagement",
    unit: "share",
    definition: "Calendar months with an order / calendar months since the first order, both ends counted",
    needs: orders,
  },
  {
    name: "engagement_score",
    group: "engagement",
    unit: "score",
    definition:
      "Mean of 1 / (1 + recency_days / 30), n / (n + 1) with n orders in 90 days, and active_month_share; a proxy, for there are no sessions",
    needs: orders,
  },
  {
    name: "gap_regularity",
    group: "engagement",
    unit: "score",
    definition:
      "1 / (1 + standard deviation of the gaps between orders / their mean); missing with fewer than two gaps",
    needs: orders,
  },
  {
    name: "days_since_last_transaction",
    group: "windows",
    unit: "days",
    definition: "Days from the last order to as_of",
    needs: orders,
  },
  {
    name: "days_since_first_transaction",
    group: "windows",
    unit: "days",
    definition: "Days from the first order to as_of",
    needs: orders,
  },
  { name: "total_transactions", group: "windows", unit: "orders", definition: "Orders up to as_of", needs: orders },
  {
    name: "avg_days_between_transactions",
    group: "windows",
    unit: "days",
    definition: "Span of the orders / (orders - 1); missing with one order",
    needs: orders,
  },
  {
    name: "customer_tenure_days",
    group: "windows",
    unit: "days",
    definition: "Days since sign-up or the first order, whichever came first",
    needs: orders,
  },
  ...[7, 30, 90].map(
    (days): FeatureDefinition => ({
      name: `transaction_count_${days}d`,
      group: "windows",
      unit: "orders",
      definition: `Orders in the last ${days} days`,
      needs: orders,
    }),
  ),
  ...[7, 30, 90].map(
    (days): FeatureDefinition => ({
      name: `total_spend_${days}d`,
      group: "windows",
      unit: "money",
      definition: `Spend in the last ${days} days`,
      needs: orders,
    }),
  ),
  { name: "lifetime_spend", group: "windows", unit: "money", definition: "Spend up to as_of", needs: orders },
  {
    name: "avg_transaction_value",
    group: "windows",
    unit: "money",
    definition: "Mean amount of an order",
    needs: orders,
  },
  { name: "max_transaction_value", group: "windows", unit: "money", definition: "Largest order", needs: orders },
  { name: "min_transaction_value", group: "windows", unit: "money", definition: "Smallest order", needs: orders },
  {
    name: "std_transaction_value",
    group: "windows",
    unit: "money",
    definition: "Standard deviation of the orders' amounts (n - 1); missing with one order",
    needs: orders,
  },
  {
    name: "spend_velocity",
    group: "windows",
    unit: "money per day",
    definition: "lifetime_spend / days since the first order, at least one",
    needs: orders,
  },
  {
    name: "num_distinct_products",
    group: "diversity",
    unit: "products",
    definition: "Different products bought",
    needs: products,
  },
  {
    name: "num_distinct_categories",
    group: "diversity",
    unit: "categories",
    definition: "Different categories bought",
    needs: categories,
  },
  {
    name: "num_distinct_stores",
    group: "diversity",
    unit: "stores",
    definition: "Different stores bought in",
    needs: ["orders.store_id"],
  },
  {
    name: "spend_30d_<category>",
    group: "category",
    unit: "money",
    definition: "Spend in the category in the last 30 days",
    needs: categories,
  },
  {
    name: "txn_count_<category>",
    group: "category",
    unit: "orders",
    definition: "Orders with the category",
    needs: categories,
  },
  {
    name: "favorite_category_<category>",
    group: "category",
    unit: "flag",
    definition: "1 if more was spent in this category than in any other; of equals the first in the alphabet",
    needs: categories,
  },
  {
    name: "purchase_momentum",
    group: "behaviour",
    unit: "ratio",
    definition: "3 x orders in 30 days / orders in 90 days: 1 is steady, 3 is all of late, 0 is none",
    needs: orders,
  },
  {
    name: "weekend_transaction_rate",
    group: "behaviour",
    unit: "share",
    definition: "Orders on Saturday or Sunday / orders",
    needs: orders,
  },
  {
    name: "avg_items_per_transaction",
    group: "behaviour",
    unit: "items",
    definition: "Pieces / orders",
    needs: ["order_lines.quantity"],
  },
  {
    name: "avg_net_sales_per_transaction",
    group: "behaviour",
    unit: "money",
    definition: "(Amount bought - amount returned) / orders, under either policy on returns",
    needs: orders,
  },
  {
    name: "num_merchandise_divisions",
    group: "behaviour",
    unit: "categories",
    definition: "Different categories bought",
    needs: categories,
  },
  {
    name: "recency_days_2y",
    group: "behaviour",
    unit: "days",
    definition: "Days since the last order of the last 730 days; missing if there was none",
    needs: orders,
  },
  {
    name: "monetary_decile_2y",
    group: "behaviour",
    unit: "decile",
    definition: "Tenth of the customers by spend in the last 730 days, 10 the best; equals share the lower tenth",
    needs: orders,
  },
  {
    name: "promotion_usage_rate",
    group: "promotion",
    unit: "share",
    definition: "Orders with a promotion on any line / orders",
    needs: promotions,
  },
  {
    name: "coupon_sales_last_quarter",
    group: "promotion",
    unit: "money",
    definition: "Amount of lines with a promotion or coupon in the last 90 days",
    needs: promotions,
  },
  {
    name: "days_since_last_direct_mail",
    group: "promotion",
    unit: "days",
    definition: "Days since the last direct mail was sent, control groups apart; missing if none was",
    needs: ["contacts.channel"],
  },
  {
    name: "redemption_rate_730d",
    group: "promotion",
    unit: "share",
    definition:
      "Contacts of the last 730 days that were redeemed by as_of / those contacts, control groups apart; missing without",
    needs: ["contacts.redeemed_at"],
  },
  {
    name: "household_income",
    group: "demographics",
    unit: "money",
    definition: "Household income",
    needs: ["customers.household_income"],
  },
  {
    name: "home_square_feet",
    group: "demographics",
    unit: "square feet",
    definition: "Size of the home",
    needs: ["customers.home_square_feet"],
  },
  {
    name: "is_new_mover",
    group: "demographics",
    unit: "flag",
    definition: "1 if the household moved lately",
    needs: ["customers.is_new_mover"],
  },
  {
    name: "household_size",
    group: "demographics",
    unit: "persons",
    definition: "Persons in the household",
    needs: ["customers.household_size"],
  },
  {
    name: "loyalty_tier",
    group: "demographics",
    unit: "level",
    definition: "Tier of the loyalty programme",
    needs: ["customers.loyalty_tier"],
  },
  {
    name: "region",
    group: "demographics",
    unit: "level",
    definition: "Region of the customer",
    needs: ["customers.region"],
  },
  {
    name: "country",
    group: "demographics",
    unit: "level",
    definition: "Country of the customer",
    needs: ["customers.country"],
  },
  {
    name: "acquisition_channel",
    group: "demographics",
    unit: "level",
    definition: "Channel that brought the customer",
    needs: ["customers.acquisition_channel"],
  },
];

/** What a group is called where people read. */
export const featureGroupTitles: Readonly<Record<FeatureGroup, string>> = {
  rfm: "Recency, frequency, money",
  engagement: "Engagement",
  windows: "The last days, and what an order is worth",
  diversity: "Diversity",
  category: "Categories",
  behaviour: "Behaviour",
  promotion: "Promotions and contacts",
  demographics: "Household",
};

/** The groups in the order of their columns. */
export const featureGroups: readonly FeatureGroup[] = [...new Set(featureCatalogue.map(({ group }) => group))];
