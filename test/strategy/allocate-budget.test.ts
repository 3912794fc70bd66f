import { describe, expect, test } from "vitest";
import { createRandom, integer } from "../../src/numeric/random.js";
import {
  allocateBudget,
  type BudgetClaim,
  PRIORITIES,
  priorityWeights,
  standardStrategies,
} from "../../src/strategy/index.js";
import { SEGMENT_NAMES } from "../../src/text/segment-names.js";

// Customers by segment of Online Retail as of 2011-12-10.
const customers = {
  Champions: 293,
  "Loyal Customers": 165,
  Promising: 953,
  "New Customers": 443,
  "Need Attention": 291,
  "At Risk": 67,
  Hibernating: 101,
  "Lost/Churned": 2025,
} as const;
const claims = SEGMENT_NAMES.map(
  (segment): BudgetClaim => ({
    segment,
    priority: standardStrategies[segment].priority,
    customers: customers[segment],
  }),
);

describe("a budget of 50,000 for the eight segments", () => {
  const lines = allocateBudget(50_000, claims);

  test("goes to all of them, and none of it is left", () => {
    expect(lines).toHaveLength(8);
    for (const { cents } of lines) expect(cents).toBeGreaterThan(0);
    expect(lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(5_000_000);
  });

  test("gives Critical more than High, High more than Medium, Medium more than Low", () => {
    const least = PRIORITIES.map((priority) => {
      const own = lines.filter((line) => line.priority === priority).map(({ amount }) => amount);
      return [Math.max(...own), Math.min(...own)];
    });
    for (let i = 1; i < least.length; ++i) expect(least[i - 1][1]).toBeGreaterThan(least[i][0]);
  });

  test("is in proportion to the weights, to the cent", () => {
    const sum = claims.reduce((total, { priority }) => total + priorityWeights[priority], 0);
    expect(sum).toBe(20);
    const atRisk = lines.find(({ segment }) => segment === "At Risk");
    expect(atRisk).toMatchObject({ priority: "Critical", weight: 4, share: 0.2, amount: 10_000 });
    expect(atRisk?.perCustomer).toBeCloseTo(10_000 / 67, 9);
    expect(lines[0]).toBe(atRisk);
    expect(lines[7].segment).toBe("Lost/Churned");
  });

  test("by head, equal priorities get equal money each, and Critical a third more than High", () => {
    const each = new Map(
      allocateBudget(50_000, claims, { perHead: true }).map(({ segment, perCustomer }) => [segment, perCustomer ?? 0]),
    );
    expect(each.get("Champions")).toBeCloseTo(each.get("New Customers") ?? 0, 3);
    expect((each.get("At Risk") ?? 0) / (each.get("Champions") ?? 0)).toBeCloseTo(4 / 3, 3);
  });
});

test("any total and any claims sum to the cent", () => {
  const random = createRandom(5);
  for (let round = 0; round < 300; ++round) {
    const some = Array.from({ length: 1 + integer(random, 8) }, (_, i) => ({
      segment: String(i),
      priority: PRIORITIES[integer(random, 4)],
      customers: i === 0 ? 1 : integer(random, 3),
    }));
    const total = integer(random, 1e8) / 100;
    const lines = allocateBudget(total, some, { perHead: round % 2 === 0 });
    expect(lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(Math.round(total * 100));
    for (const { customers: count, cents, perCustomer } of lines) {
      if (count === 0) expect([cents, perCustomer]).toEqual([0, null]);
    }
  }
});

test("what rounding leaves goes to the largest remainders, of equals to the first", () => {
  const three = ["a", "b", "c"].map((segment) => ({ segment, priority: "High", customers: 1 }) as const);
  expect(allocateBudget(0.02, three).map(({ cents }) => cents)).toEqual([1, 1, 0]);
  expect(allocateBudget(100, three).map(({ cents }) => cents)).toEqual([3334, 3333, 3333]);
});

test.each([-1, Number.NaN, 0.005, Number.POSITIVE_INFINITY])("a total of %d is refused", (total) => {
  expect(() => allocateBudget(total, claims)).toThrow(
    `the total is ${total}; expected an amount from 0 in whole cents`,
  );
});

test("nobody to spend it on, odd counts and odd weights are refused", () => {
  expect(() => allocateBudget(1, [])).toThrow("none of 0 segments has both customers and a weight");
  expect(() => allocateBudget(1, [{ ...claims[0], customers: 0 }])).toThrow("none of 1 segments");
  expect(() => allocateBudget(1, [{ ...claims[0], customers: 1.5 }])).toThrow('"Champions" has 1.5 customers');
  const weights = { ...priorityWeights, Low: -1 };
  expect(() => allocateBudget(1, claims, { weights })).toThrow(
    'the weight of "Low" is -1; expected a number, at least 0',
  );
});
