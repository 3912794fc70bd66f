import { describe, expect, test } from "vitest";
import { migrationCrosstab, moverFlows, segmentSizesBefore } from "../../src/segmentation/index.js";
import { SEGMENT_NAMES } from "../../src/text/index.js";
import { describedByHand } from "./hand-made.js";

// Expected values are worked out by hand from the rows of hand-made.ts.
const { migration, movers } = await describedByHand();
const names = SEGMENT_NAMES;

describe("migrationCrosstab", () => {
  test("has rows before with newcomers last, columns after, and sums", () => {
    expect(migrationCrosstab(migration.rule_segment, { measure: "customers", names })).toEqual({
      from: ["Champions", "Loyal Customers", "Promising", "Lost/Churned", null],
      to: ["Champions", "Loyal Customers", "Promising", "New Customers", "Lost/Churned"],
      values: [
        [3, 1, null, null, null],
        [1, null, null, null, null],
        [null, null, 4, null, 1],
        [null, null, null, null, 4],
        [null, null, null, 1, null],
      ],
      fromTotals: [4, 1, 5, 4, 1],
      toTotals: [4, 1, 4, 1, 5],
      total: 15,
    });
  });

  test("sums revenue", () => {
    const revenue = migrationCrosstab(migration.rule_segment, { measure: "revenue", names });
    expect(revenue.values[0].slice(0, 2)).toEqual([8960, 1560]);
    expect([revenue.fromTotals[0], revenue.fromTotals[4], revenue.toTotals[4], revenue.total]).toEqual([
      10_520, 90, 395, 13_615,
    ]);
  });

  test("has no row of newcomers where nobody is new, and keeps a flow without revenue", () => {
    const flows = [{ from: "Champions", to: "Champions", customers: 2, revenue: 0 }];
    expect(migrationCrosstab({ flows }, { measure: "revenue", names })).toMatchObject({
      from: ["Champions"],
      values: [[0]],
    });
  });
});

test("moverFlows: counts movers by destination, most revenue first, without naming them", () => {
  const mover = (to: string, revenue: number) => ({ customerId: "17850", from: "Champions", to, revenue });
  const flows = moverFlows([mover("Promising", 10), mover("Loyal Customers", 900), mover("Promising", 30)]);
  expect(flows).toEqual([
    { from: "Champions", to: "Loyal Customers", customers: 1, revenue: 900, revenuePerCustomer: 900 },
    { from: "Champions", to: "Promising", customers: 2, revenue: 40, revenuePerCustomer: 20 },
  ]);
  expect(moverFlows(movers)).toMatchObject([{ to: "Loyal Customers", customers: 1, revenue: 1560 }]);
  expect(moverFlows([])).toEqual([]);
});

test("segmentSizesBefore: counts those who stayed, moved and vanished, but no newcomers", () => {
  const flow = (from: string | null, to: string, customers: number) => ({ from, to, customers, revenue: 1 });
  const flows = [flow(null, "A", 9), flow("A", "A", 3), flow("A", "B", 2)];
  expect(segmentSizesBefore({ flows, vanished: { A: 1, B: 4 } })).toEqual({ A: 6, B: 4 });
});
