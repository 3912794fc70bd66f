import { describe, expect, test } from "vitest";
import {
  averageGaps,
  checkRuleSegments,
  fitSegmentRules,
  ruleSegments,
  standardSegmentRules,
} from "../../src/segmentation/index.js";

const asOf = "2026-01-31";
const ruleOf = (fitted: ReturnType<typeof fitSegmentRules>, name: string) =>
  fitted.rules.find((rule) => rule.name === name);

describe("fitted segment rules", () => {
  // Repeat customers order 2, 3, ... 12 times; the average order values are 1 to 11 and 100 for those with one order.
  const frequency = [1, 1, ...Array.from({ length: 11 }, (_, i) => 2 + i)];
  const avgBasketValue = [100, 100, ...Array.from({ length: 11 }, (_, i) => 1 + i)];
  const gaps = [Number.NaN, 999, ...Array.from({ length: 11 }, (_, i) => 16 + i)];
  const fitted = fitSegmentRules({ frequency, avgBasketValue }, { asOf, gaps });

  test("days are multiples of the median gap of repeat customers, rounded to whole ones", () => {
    expect(fitted).toMatchObject({ asOf, customers: 13, repeatCustomers: 11, medianGapDays: 21, remarks: [] });
    const days = fitted.rules.map(({ recencyBelow, recencyAbove }) => recencyBelow ?? recencyAbove);
    expect(days).toEqual([21, undefined, 42, 63, 21, 32, 42, undefined]);
  });

  test("orders are quantiles among repeat customers, rounded down, and fixed numbers of orders stay", () => {
    expect(fitted.rules.map(({ ordersAbove }) => ordersAbove)).toEqual([9, 8, 7, 5, ...Array(4).fill(undefined)]);
    expect(ruleOf(fitted, "New Customers")?.ordersBelow).toBe(3);
    expect(ruleOf(fitted, "Promising")?.ordersAtLeast).toBe(3);
    expect(ruleOf(fitted, "Need Attention")?.ordersAtLeast).toBe(2);
  });

  test("order values are quantiles among all customers, those with one order among them", () => {
    const [champions, loyal, atRisk] = fitted.rules.map(({ orderValueAbove }) => orderValueAbove);
    expect(champions).toBeCloseTo(4.6, 12);
    expect(loyal).toBeCloseTo(4, 12);
    expect(atRisk).toBeCloseTo(3.4, 12);
  });

  test("keep names, order and conditions of the standard rules", () => {
    expect(fitted.rules.map((rule) => Object.keys(rule))).toEqual(
      standardSegmentRules.map((rule) => Object.keys(rule)),
    );
    expect(fitted.rules.map(({ name }) => name)).toEqual(standardSegmentRules.map(({ name }) => name));
  });

  test("do not change when customers come in another order", () => {
    const turned = { frequency: [...frequency].reverse(), avgBasketValue: [...avgBasketValue].reverse() };
    expect(fitSegmentRules(turned, { asOf, gaps: [...gaps].reverse() })).toEqual(fitted);
  });

  test("a missing number of a customer who counts is refused", () => {
    expect(() => fitSegmentRules({ frequency: [2], avgBasketValue: [5] }, { asOf, gaps: [Number.NaN] })).toThrow(
      "gaps is NaN in row 0; expected a finite number",
    );
    expect(() => fitSegmentRules({ frequency: [1], avgBasketValue: [Number.NaN] }, { asOf, gaps: [1] })).toThrow(
      "avgBasketValue is NaN in row 0",
    );
    expect(() => fitSegmentRules({ frequency: [1], avgBasketValue: [] }, { asOf, gaps: [1] })).toThrow(
      "lengths differ",
    );
  });
});

describe("shops that give limits little to go by", () => {
  const numbersOf = (fitted: ReturnType<typeof fitSegmentRules>) =>
    fitted.rules.flatMap(({ name, ...conditions }) => Object.values(conditions));

  test("one order each: days and orders stay as published, with one remark", () => {
    const fitted = fitSegmentRules({ frequency: [1, 1, 1], avgBasketValue: [5, 10, 15] }, { asOf, gaps: [0, 0, 0] });
    expect(fitted.medianGapDays).toBeNull();
    expect(fitted.remarks).toEqual([{ rule: "repeat-customers", value: 0, limit: 1 }]);
    expect(ruleOf(fitted, "Champions")).toMatchObject({ recencyBelow: 30, ordersAbove: 10, orderValueAbove: 8 });
    expect(numbersOf(fitted).every(Number.isFinite)).toBe(true);
  });

  test("no customers: the published limits, with one remark", () => {
    const fitted = fitSegmentRules({ frequency: [], avgBasketValue: [] }, { asOf, gaps: [] });
    expect(fitted.rules).toEqual(standardSegmentRules);
    expect(fitted.remarks).toEqual([{ rule: "repeat-customers", value: 0, limit: 1 }]);
  });

  test("several orders a day: no limit below 14 days, and a remark that four limits are one", () => {
    const fitted = fitSegmentRules({ frequency: [2, 9], avgBasketValue: [5, 6] }, { asOf, gaps: [0, 0] });
    const days = fitted.rules.flatMap(({ recencyBelow, recencyAbove }) => recencyBelow ?? recencyAbove ?? []);
    expect(new Set(days)).toEqual(new Set([14]));
    expect(fitted.remarks[0]).toEqual({ rule: "recency-limits", value: 1, limit: 4 });
  });

  test("everybody alike: limits of orders and values are one, and are said", () => {
    const fitted = fitSegmentRules({ frequency: [2, 2], avgBasketValue: [9.99, 9.99] }, { asOf, gaps: [30, 30] });
    expect(fitted.remarks).toEqual([
      { rule: "order-limits", value: 1, limit: 4 },
      { rule: "order-value-limits", value: 1, limit: 3 },
    ]);
  });
});

describe("checks of rule segments", () => {
  const customers = {
    recencyDays: [5, 20, 400, 12],
    frequency: [12, 11, 1, 1],
    avgBasketValue: [150, 110, 20, 30],
    monetary: [1800, 1210, 20, 30],
  };
  const { names } = ruleSegments(customers);
  const checks = checkRuleSegments(customers, names, { rules: standardSegmentRules });
  const emptiness = (segment: string) =>
    checks.find((check) => check.rule === "segment-not-empty" && check.segment === segment);

  test("Champions have bounds of their share and of their revenue", () => {
    const conditions = [
      { condition: "recencyBelow", limit: 30, share: 0.75 },
      { condition: "ordersAbove", limit: 10, share: 0.5 },
      { condition: "orderValueAbove", limit: 100, share: 0.5 },
    ];
    expect(checks.slice(0, 3)).toEqual([
      { rule: "champions-at-least", value: 0.5, limit: 0.03, passed: true, conditions },
      { rule: "champions-at-most", value: 0.5, limit: 0.12, passed: false, conditions },
      { rule: "champions-revenue", value: 3010 / 3060, limit: 0.15, passed: true, conditions },
    ]);
  });

  test("an empty segment has its reason: a condition that nobody meets, all of them together, or an earlier rule", () => {
    expect(emptiness("Champions")).toMatchObject({ value: 2, passed: true });
    expect(emptiness("Loyal Customers")).toMatchObject({ passed: false, reason: { kind: "earlier", customers: 2 } });
    expect(emptiness("At Risk")).toMatchObject({ reason: { kind: "together" } });
    const young = { ...customers, recencyDays: [5, 20, 40, 12] };
    const [, , , , , again] = checkRuleSegments(young, names, { rules: standardSegmentRules });
    expect(again).toMatchObject({
      segment: "At Risk",
      reason: { kind: "condition", condition: "recencyAbove", limit: 60 },
    });
  });

  test("without customers and without revenue nothing is divided by zero", () => {
    const none = { recencyDays: [], frequency: [], avgBasketValue: [], monetary: [] };
    const empty = checkRuleSegments(none, [], { rules: standardSegmentRules });
    expect(empty.map(({ value }) => value)).toEqual(empty.map(() => 0));
  });
});

test("average gaps: the days between first and last order, divided by the orders after the first", () => {
  const customers = { recencyDays: [10, 3, 0], daysSinceFirstPurchase: [70, 3, 0], frequency: [4, 1, 2] };
  expect(Array.from(averageGaps(customers))).toEqual([20, Number.NaN, 0]);
});
