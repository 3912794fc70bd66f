import { describe, expect, test } from "vitest";
import { SEGMENT_NAMES } from "../../src/charts/index.js";
import { standardSegmentRules } from "../../src/segmentation/index.js";
import {
  allocateBudget,
  contactKey,
  detectableEffect,
  parseStrategies,
  sampleSizePerArm,
  standardStrategies,
} from "../../src/strategy/index.js";

describe("strategies", () => {
  test("there is one for each of the eight segments, and no more", () => {
    const segments = standardStrategies.map(({ segment }) => segment).sort();
    expect(segments).toEqual(standardSegmentRules.map(({ name }) => name).sort());
    expect(segments).toEqual([...SEGMENT_NAMES].sort());
  });

  test("a file of one's own replaces some of them", () => {
    const own = { ...standardStrategies[2], goal: "Call them" };
    const all = parseStrategies(JSON.stringify([own]));
    expect(all.map(({ goal }) => goal).filter((goal) => goal === "Call them")).toHaveLength(1);
    expect(all).toHaveLength(8);
  });

  test.each([
    ["{", "the file is no JSON"],
    ["{}", "the file holds no list"],
    ['[{"segment": "Whales"}]', '"Whales" is no segment, there are Champions, Loyal Customers'],
    ['[{"segment": "At Risk", "priority": "Urgent"}]', 'the priority of "At Risk" is "Urgent"'],
    ['[{"segment": "At Risk", "priority": "High"}]', '"At Risk" has no goal'],
  ])("%s is refused", (text, message) => {
    expect(() => parseStrategies(text)).toThrow(message);
  });
});

describe("a budget", () => {
  const claims = [
    { segment: "At Risk", priority: "Critical", customers: 67 },
    { segment: "Champions", priority: "High", customers: 293 },
    { segment: "Promising", priority: "Medium", customers: 953 },
    { segment: "Lost/Churned", priority: "Low", customers: 2025 },
  ] as const;

  test.each([50_000, 0, 0.01, 99.99, 1e7])("of %d is divided to the cent", (total) => {
    const cents = allocateBudget(total, claims).reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
    expect(cents).toBe(Math.round(total * 100));
  });

  test("gives a critical customer more than one of high priority, and low ones nothing", () => {
    const each = allocateBudget(50_000, claims).map(({ amount, customers }) => amount / customers);
    expect(each[0]).toBeGreaterThan(each[1]);
    expect(each[1]).toBeGreaterThan(each[2]);
    expect(each[3]).toBe(0);
  });

  test("needs cents and somebody to spend it on", () => {
    expect(() => allocateBudget(-1, claims)).toThrow("a budget of -1");
    expect(() => allocateBudget(0.001, claims)).toThrow("whole cents");
    expect(() => allocateBudget(10, [claims[3]])).toThrow("no segment with a claim has customers");
  });
});

test("a contact key depends on the customer and the key, and needs one", () => {
  expect(contactKey("12346", { key: "a" })).toMatch(/^[0-9a-f]{16}$/);
  expect(contactKey("12346", { key: "a" })).toBe(contactKey("12346", { key: "a" }));
  expect(contactKey("12346", { key: "b" })).not.toBe(contactKey("12346", { key: "a" }));
  expect(contactKey("12347", { key: "a" })).not.toBe(contactKey("12346", { key: "a" }));
  expect(() => contactKey("12346", { key: "" })).toThrow("REKINDLE_KEY is needed");
});

describe("planning a test", () => {
  test.each([0.02, 0.05, 0.3])("size and detectable effect undo each other at %d", (effect) => {
    for (const outcome of [
      { kind: "conversion", rate: 0.2 },
      { kind: "mean", mean: 50, standardDeviation: 120, correlation: 0.4 },
    ] as const) {
      expect(detectableEffect(outcome, sampleSizePerArm(outcome, effect))).toBeCloseTo(effect, 3);
    }
  });

  test("says when no effect could be seen, and refuses none", () => {
    expect(detectableEffect({ kind: "conversion", rate: 0.9 }, 5)).toBe(Number.POSITIVE_INFINITY);
    expect(() => sampleSizePerArm({ kind: "conversion", rate: 0.9 }, 0.2)).toThrow("at most 1 is needed");
    expect(() => sampleSizePerArm({ kind: "conversion", rate: 0.9 }, 0)).toThrow("one other than 0 is needed");
  });
});
