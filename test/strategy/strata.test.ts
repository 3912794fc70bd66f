import { expect, test } from "vitest";
import { strataOf } from "../../src/strategy/index.js";

test("quarters are even, and cross where several are asked for", () => {
  const spend = Array.from({ length: 100 }, (_, i) => i);
  const strata = strataOf({ spend });
  const sizes = [1, 2, 3, 4].map((part) => strata.filter((name) => name === `spend ${part} of 4`).length);
  expect(sizes).toEqual([25, 25, 25, 25]);
  const both = strataOf({ spend, recency: spend.map((value) => value % 4) });
  expect(new Set(both).size).toBe(16);
  expect(both[0]).toBe("spend 1 of 4, recency 1 of 4");
});

test("equal values are never parted", () => {
  const orders = [1, 1, 1, 1, 1, 1, 2, 3];
  const strata = strataOf({ orders });
  expect(new Set(strata.slice(0, 6)).size).toBe(1);
  expect(strata.slice(6)).toEqual(["orders 4 of 4", "orders 4 of 4"]);
  expect(strataOf({})).toEqual([]);
  expect(strataOf({ orders: [] })).toEqual([]);
});
