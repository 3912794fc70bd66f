import { expect, test } from "vitest";
import { type ArmOfCustomer, outcomesFromResults, outcomesFromSpend } from "../../src/strategy/index.js";

const rows: ArmOfCustomer[] = ["a", "b", "c"].map((id, i) => ({ id, arm: i ? "control" : "test", stratum: "all" }));
const results = {
  byId: new Map([
    ["a", { spend: 12, converted: true }],
    ["b", { spend: 0, converted: false }],
  ]),
  ...{ unknown: 0, inOtherArm: 0, hasSpend: true },
};
const options = { experiment: "spring", what: "r.csv" };

test("outcomes from spend: who spent something bought", () => {
  expect(outcomesFromSpend(rows, Float64Array.of(3, 0, 1))).toEqual({
    rows,
    spend: Float64Array.of(3, 0, 1),
    converted: Float64Array.of(1, 0, 1),
    missing: 0,
  });
});

test("outcomes from results: customers without a line count as not buying, or are left out", () => {
  expect(outcomesFromResults(rows, results, { ...options, missing: "zero" })).toMatchObject({
    spend: Float64Array.of(12, 0, 0),
    converted: Float64Array.of(1, 0, 0),
    missing: 1,
  });
  const dropped = outcomesFromResults(rows, results, { ...options, missing: "drop" });
  expect(dropped).toMatchObject({ spend: Float64Array.of(12, 0), missing: 1 });
  expect(dropped.rows.map(({ id }) => id)).toEqual(["a", "b"]);
});

test("outcomes from results: without a policy, a customer without a line is an error", () => {
  expect(() => outcomesFromResults(rows, results, { ...options, missing: undefined })).toThrow(
    'Cannot read "spring": 1 of its 3 customers have no line in r.csv; use --missing zero if they bought nothing, --missing drop if it is unknown',
  );
  expect(outcomesFromResults(rows.slice(0, 2), results, { ...options, missing: undefined }).missing).toBe(0);
});

test("outcomes from results: flags alone give no spend", () => {
  const flags = { ...results, byId: new Map([["a", { spend: null, converted: true }]]), hasSpend: false };
  expect(outcomesFromResults(rows.slice(0, 1), flags, { ...options, missing: undefined })).not.toHaveProperty("spend");
});
