import type { GroupFeature } from "./feature-definition.js";

const orders = ["orders"];

export const windowsFeatures: readonly GroupFeature[] = [
  {
    name: "days_since_last_transaction",
    unit: "days",
    definition: "Days from the last order to as_of",
    needs: orders,
  },
  {
    name: "days_since_first_transaction",
    unit: "days",
    definition: "Days from the first order to as_of",
    needs: orders,
  },
  { name: "total_transactions", unit: "orders", definition: "Orders up to as_of", needs: orders },
  {
    name: "avg_days_between_transactions",
    unit: "days",
    definition: "Span of the orders / (orders - 1); missing with one order",
    needs: orders,
  },
  {
    name: "customer_tenure_days",
    unit: "days",
    definition: "Days since sign-up or the first order, whichever came first",
    needs: orders,
  },
  ...[7, 30, 90].map(
    (days): GroupFeature => ({
      name: `transaction_count_${days}d`,
      unit: "orders",
      definition: `Orders in the last ${days} days`,
      needs: orders,
    }),
  ),
  ...[7, 30, 90].map(
    (days): GroupFeature => ({
      name: `total_spend_${days}d`,
      unit: "money",
      definition: `Spend in the last ${days} days`,
      needs: orders,
    }),
  ),
  { name: "lifetime_spend", unit: "money", definition: "Spend up to as_of", needs: orders },
  {
    name: "avg_transaction_value",
    unit: "money",
    definition: "Mean amount of an order",
    needs: orders,
  },
  { name: "max_transaction_value", unit: "money", definition: "Largest order", needs: orders },
  { name: "min_transaction_value", unit: "money", definition: "Smallest order", needs: orders },
  {
    name: "std_transaction_value",
    unit: "money",
    definition: "Standard deviation of the orders' amounts (n - 1); missing with one order",
    needs: orders,
  },
  {
    name: "spend_velocity",
    unit: "money per day",
    definition: "lifetime_spend / days since the first order, at least one",
    needs: orders,
  },
];
