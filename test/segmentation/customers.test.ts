import { expect, test } from "vitest";
import { customersOf, REQUIRED_FEATURES } from "../../src/segmentation/index.js";
import { snakeCase } from "../../src/text/index.js";

const features = Object.fromEntries(REQUIRED_FEATURES.map((name, i) => [name, Float64Array.of(i)]));
const who = { ids: ["a"], asOf: "2026-01-31" };

test("customers: each column is the feature of that name, optional ones only where they are given", () => {
  const { ids, asOf, features: all, ...columns } = customersOf({ ...features, return_rate: Float64Array.of(9) }, who);
  expect([ids, asOf]).toEqual([["a"], "2026-01-31"]);
  expect(Object.entries(columns).map(([name, values]) => [snakeCase(name), values])).toEqual(Object.entries(all));
  expect(customersOf(features, who)).not.toHaveProperty("returnRate");
});

test("customers: a missing required feature is refused by name", () => {
  const { monetary: _, ...without } = features;
  expect(() => customersOf(without, who)).toThrow('the feature "monetary" is missing');
});
