import { expect, test } from "vitest";
import { snakeCase, snakeCaseKeys } from "../../src/text/index.js";

test("snake case: each capital becomes an underscore and its small letter, other names stay", () => {
  expect(["recencyDays", "daysSinceFirstPurchase", "monetary", "return_rate"].map(snakeCase)).toEqual([
    "recency_days",
    "days_since_first_purchase",
    "monetary",
    "return_rate",
  ]);
});

test("snake case of keys: at every depth, in lists too, values stay", () => {
  const value = { asOf: "sizeChange", none: null, changes: [{ sizeChange: 1, rules: ["minOrders"] }, 2] };
  expect(snakeCaseKeys(value)).toEqual({
    ...{ as_of: "sizeChange", none: null, changes: [{ size_change: 1, rules: ["minOrders"] }, 2] },
  });
});
