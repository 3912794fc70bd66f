import { expect, test } from "vitest";
import { requireCustomers } from "../../src/segmentation/index.js";
import { tenCustomers } from "./ten-customers.js";

const customers = tenCustomers("2026-01-31", 30);
const options = { dataset: "shop", minOrders: 10, firstOrder: "2025-01-01" };

test("requireCustomers: one customer with as many orders as asked for is enough", () => {
  expect(() => requireCustomers(customers, options)).not.toThrow();
});

test.each([
  [
    { ...customers, frequency: new Float64Array(10) },
    "no orders up to 2026-01-31; the first order is dated 2025-01-01, use that day or a later one",
  ],
  [
    { ...customers, frequency: customers.frequency.map((count) => Math.min(count, 9)) },
    "no customer has 10 orders up to 2026-01-31: the maximum is 9; lower --min-orders",
  ],
  [
    { ...customers, monetary: new Float64Array(10) },
    "its customers spent nothing up to 2026-01-31; segments need revenue",
  ],
  [
    { ...customers, monetary: customers.monetary.map((spent, i) => (i === 0 ? -2700 : spent)) },
    "its customers spent nothing up to 2026-01-31; segments need revenue",
  ],
])("requireCustomers refuses customers without orders or revenue: %#", (these, problem) => {
  expect(() => requireCustomers(these, options)).toThrow(new RangeError(`Cannot segment "shop": ${problem}`));
});
