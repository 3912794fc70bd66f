import { describe, expect, test } from "vitest";
import { segmentMigration, segmentMovers, transitionMatrix } from "../../src/segmentation/index.js";

const before = new Map([
  ["a", "Champions"],
  ["b", "Champions"],
  ["c", "Champions"],
  ["d", "Champions"],
  ["e", "Promising"],
  ["f", "Promising"],
  ["g", "At Risk"],
]);
const after = new Map([
  ["a", "Champions"],
  ["b", "Champions"],
  ["c", "At Risk"],
  ["d", "Loyal Customers"],
  ["e", "Champions"],
  ["g", "At Risk"],
  ["h", "New Customers"],
]);
const money: Record<string, number> = { a: 100, b: 200, c: 50, d: 70, e: 30, f: 999, g: 5, h: 1 };
const revenueOf = (id: string) => money[id];
const migration = segmentMigration(before, after, { days: 30, revenueOf });

describe("a migration", () => {
  test("counts every customer of the later day once, with revenue", () => {
    expect(migration.flows).toEqual([
      { from: null, to: "New Customers", customers: 1, revenue: 1 },
      { from: "At Risk", to: "At Risk", customers: 1, revenue: 5 },
      { from: "Champions", to: "At Risk", customers: 1, revenue: 50 },
      { from: "Champions", to: "Champions", customers: 2, revenue: 300 },
      { from: "Champions", to: "Loyal Customers", customers: 1, revenue: 70 },
      { from: "Promising", to: "Champions", customers: 1, revenue: 30 },
    ]);
    expect(migration.vanished).toEqual({ "At Risk": 0, Champions: 0, Promising: 1 });
  });

  test("has the share that stayed and the half-life: half of the Champions in 30 days", () => {
    expect(migration.stayed).toEqual({ "At Risk": 1, Champions: 0.5, Promising: 0 });
    // Nobody left At Risk, everybody Promising: `stayed` tells the two apart.
    expect(migration.halfLifeDays).toEqual({ "At Risk": null, Champions: 30, Promising: null });
  });

  test("half-life is when half are left if as many leave in every 30 days", () => {
    const hundred = new Map(Array.from({ length: 100 }, (_, i) => [String(i), "A"]));
    const later = new Map([...hundred].map(([id]) => [id, Number(id) < 80 ? "A" : "B"]));
    const { halfLifeDays } = segmentMigration(hundred, later, { days: 30, revenueOf: () => 1 });
    expect(0.8 ** ((halfLifeDays["A"] ?? 0) / 30)).toBeCloseTo(0.5, 12);
    expect(halfLifeDays["A"]).toBeCloseTo((30 * Math.log(0.5)) / Math.log(0.8), 12);
  });

  test("does not depend on the order of the customers", () => {
    const turned = segmentMigration(new Map([...before].reverse()), new Map([...after].reverse()), {
      days: 30,
      revenueOf,
    });
    expect(turned).toEqual(migration);
  });

  test("needs days between the two", () => {
    expect(() => segmentMigration(before, after, { days: 0, revenueOf })).toThrow(
      "days is 0; expected a number above 0",
    );
  });
});

describe("the matrix of a migration", () => {
  const names = ["Champions", "Loyal Customers", "Promising", "New Customers", "At Risk", "Hibernating"];
  const matrix = transitionMatrix(migration, names);

  test("has rows before, columns after, also for segments where nobody is", () => {
    expect(matrix.customers).toEqual([
      [2, 1, 0, 0, 1, 0],
      [0, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 1, 0],
      [0, 0, 0, 0, 0, 0],
    ]);
    expect(matrix.revenue[0]).toEqual([300, 70, 0, 0, 50, 0]);
    expect(matrix.entered).toEqual([0, 0, 0, 1, 0, 0]);
    expect(matrix.customers.flat().reduce((a, b) => a + b) + matrix.entered.reduce((a, b) => a + b)).toBe(after.size);
  });

  test("refuses segments that are not named", () => {
    expect(() => transitionMatrix(migration, ["Champions"])).toThrow(
      '"New Customers" is not among the segments Champions',
    );
  });
});

describe("movers", () => {
  test("from Champions to At Risk", () => {
    expect(segmentMovers(before, after, { from: "Champions", to: "At Risk", revenueOf })).toEqual([
      { customerId: "c", from: "Champions", to: "At Risk", revenue: 50 },
    ]);
  });

  test("from Champions to anywhere, most revenue first", () => {
    const movers = segmentMovers(before, after, { from: "Champions", revenueOf });
    expect(movers.map(({ customerId, to }) => [customerId, to])).toEqual([
      ["d", "Loyal Customers"],
      ["c", "At Risk"],
    ]);
    expect(segmentMovers(before, after, { from: "Promising", revenueOf })).toHaveLength(1);
  });
});
