import { expect, test } from "vitest";
import { snakeCase } from "../../src/text/index.js";

test("snake case: each capital becomes an underscore and its small letter, other names stay", () => {
  expect(["recencyDays", "daysSinceFirstPurchase", "monetary", "return_rate"].map(snakeCase)).toEqual([
    "recency_days",
    "days_since_first_purchase",
    "monetary",
    "return_rate",
  ]);
});
