import { describe, expect, test } from "vitest";
import { clusterInWords } from "../../src/reports/index.js";
import { profileGroups } from "../../src/segmentation/index.js";
import { distinctionsFrom } from "../../src/segmentation/profiles/average-customer.js";
import { numberTexts } from "../../src/table/index.js";

const columns = {
  recencyDays: [10, 20, 300, 310, 320],
  frequency: [20, 10, 1, 2, 1],
  avgBasketValue: [100, 50, 50, 50, 50],
  monetary: [2000, 500, 50, 100, 50.5],
  daysSinceFirstPurchase: [400, 400, 400, 400, 400],
  returnRate: [0, Number.NaN, 0.5, 0, 0],
};
const groups = [0, 0, 1, 1, 1];
const nameOf = (group: number) => ["Champions", "Lost/Churned"][group];
const categorySpend = new Map([
  [
    0,
    new Map([
      ["Tea", 5],
      ["Lamps", 9],
      ["Art", 5],
      ["Books", 1],
    ]),
  ],
]);
const [best, lost] = profileGroups(columns, { groups, nameOf, categorySpend });

describe("a profile", () => {
  test("has size, means and medians, and the sum of the orders as revenue", () => {
    expect(best).toMatchObject({ group: 0, name: "Champions", customers: 2, share: 0.4, revenue: 2500 });
    expect(best.centres.frequency).toEqual({ mean: 15, median: 15 });
    expect(lost.centres.recencyDays).toEqual({ mean: 310, median: 310 });
    expect(lost.centres.monetary.median).toBe(50.5);
    // Not the mean order value times customers, which would be 150.
    expect(lost.revenue).toBe(200.5);
    expect(best.revenueShare + lost.revenueShare).toBeCloseTo(1, 12);
  });

  test("leaves unknown values out", () => {
    expect(best.centres.returnRate).toEqual({ mean: 0, median: 0 });
    const unknown = profileGroups(
      { ...columns, returnRate: columns.frequency.map(() => Number.NaN) },
      { groups, nameOf },
    );
    expect(unknown[0].centres.returnRate).toEqual({ mean: Number.NaN, median: Number.NaN });
    expect(unknown[0].distinctions.map(({ column }) => column)).not.toContain("returnRate");
  });

  test("names differences of 0.2 standard deviations and more, and no smaller ones", () => {
    const differencesOf = (shift: number) => {
      const average = { returnRate: { mean: 0.5, spread: 1 } };
      return distinctionsFrom(average, { returnRate: [0.5 + shift] }).map(({ standardizedDifference }) =>
        standardizedDifference.toFixed(3),
      );
    };
    expect([0.19, 0.21, -0.21, -0.29].map(differencesOf)).toEqual([[], ["0.210"], ["-0.210"], ["-0.290"]]);
    const atLimit = distinctionsFrom({ returnRate: { mean: 0, spread: 1 } }, { returnRate: [0.2] });
    expect(atLimit).toEqual([{ column: "returnRate", standardizedDifference: 0.2 }]);
  });

  test("names what sets the group apart, the farthest first, and nothing that does not differ", () => {
    expect(best.distinctions).toHaveLength(3);
    const sizes = best.distinctions.map(({ standardizedDifference }) => Math.abs(standardizedDifference));
    expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
    expect(best.distinctions[0]).toMatchObject({ column: "recencyDays" });
    expect(best.distinctions[0].standardizedDifference).toBeLessThan(-1);
    expect(lost.distinctions.map(({ column }) => column)).not.toContain("daysSinceFirstPurchase");
  });

  test("calls a fifth of a standard deviation notable, and less not", () => {
    // Two halves, whose means lie `gap` above and below that of all, with a standard deviation of 1 in each.
    const halves = (gap: number) => Array.from({ length: 400 }, (_, i) => (i % 2 ? 1 : -1) + (i < 200 ? gap : -gap));
    const same = halves(0).map(() => 1);
    const apart = {
      recencyDays: same,
      frequency: same,
      avgBasketValue: same,
      monetary: same,
      daysSinceFirstPurchase: same,
    };
    const halved = { groups: same.map((_, i) => Number(i >= 200)), nameOf: String };
    const profiles = profileGroups({ ...apart, engagementScore: halves(0.18), returnRate: halves(0.22) }, halved);
    for (const { distinctions } of profiles) expect(distinctions.map(({ column }) => column)).toEqual(["returnRate"]);
  });

  test("is not blind where one customer is very large", () => {
    const frequency = [1, 1, 1, 2, 2, 2, 10_000];
    const same = frequency.map(() => 1);
    const skewed = { recencyDays: same, frequency, avgBasketValue: same, monetary: same, daysSinceFirstPurchase: same };
    const [ones] = profileGroups(skewed, { groups: [0, 0, 0, 1, 1, 1, 1], nameOf: String });
    expect(ones.distinctions.map(({ column }) => column)).toEqual(["frequency"]);
  });

  test("has the categories with most spend, equal ones by name", () => {
    expect(best.topCategories).toEqual(["Lamps", "Art", "Tea"]);
    expect(lost.topCategories).toEqual([]);
  });

  test("in words has its shares, what sets it apart, and its categories", () => {
    expect(clusterInWords(best, numberTexts())).toBe(
      "40.0% of the customers bring 92.6% of the revenue. They have ordered much more recently, order much more often and bring much more revenue each than the average customer. They buy most in Lamps, Art and Tea.",
    );
    expect(clusterInWords(lost, numberTexts())).toMatch(
      /^60\.0% of the customers bring 7\.4% of the revenue\. They have been away longer, /,
    );
    expect(
      clusterInWords({ ...best, distinctions: [], topCategories: [], revenueShare: Number.NaN }, numberTexts()),
    ).toBe("40.0% of the customers. They are much like all customers.");
  });

  test("copes with revenue below zero, as returns leave it, and refuses columns that differ in length", () => {
    const net = profileGroups({ ...columns, monetary: [-5, 0, 5, 10, -1] }, { groups, nameOf });
    for (const { distinctions } of net) {
      for (const { standardizedDifference } of distinctions) expect(standardizedDifference).not.toBeNaN();
    }
    expect(() => profileGroups({ ...columns, frequency: [1] }, { groups, nameOf })).toThrow("lengths differ");
  });
});
