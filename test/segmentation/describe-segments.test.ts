import { describe, expect, test } from "vitest";
import {
  type Assignments,
  checkRuleSegments,
  clusterCountRemarks,
  customersOf,
  describeSegments,
  standardSegmentRules,
} from "../../src/segmentation/index.js";
import { segmentedByHand } from "./hand-made.js";

const segmented = await segmentedByHand();

/** The customers of hand-made.ts a hundred times, so that changes are no chance. */
function hundredfold({ customers, cluster, rules }: Assignments): Assignments {
  const copies = Array.from({ length: 100 }, (_, copy) => copy);
  return {
    customers: customersOf(
      Object.fromEntries(
        Object.entries(customers.features).map(([name, values]) => [
          name,
          Float64Array.from(copies.flatMap(() => [...values])),
        ]),
      ),
      { ids: copies.flatMap((copy) => customers.ids.map((id) => `${id} ${copy}`)), asOf: customers.asOf },
    ),
    cluster: Int32Array.from(copies.flatMap(() => [...cluster])),
    rules: { ...rules, names: copies.flatMap(() => rules.names) },
  };
}

const now = hundredfold(segmented.now);
/** The same customers a month before. */
const earlier = { ...now, customers: { ...now.customers, asOf: "2026-01-01" } };
const described = (before: Assignments) =>
  describeSegments({ ...segmented, now, before }, { categorySpend: new Map() });
const sizes = { rule: "sizes", fired: true };

describe("retrain verdict", () => {
  test("looks at the sizes of clusters, which may change where segments by rule do not", () => {
    const moved = Int32Array.from(earlier.cluster, (cluster, i) => (cluster === 0 && i % 2 ? 2 : cluster));
    const { drift, clusterDrift, verdict } = described({ ...earlier, cluster: moved });
    expect([drift.drifted, clusterDrift.drifted]).toEqual([false, true]);
    expect(verdict.rules[1]).toMatchObject(sizes);
  });

  test("is not about the sizes of segments by rule, which are reported", () => {
    const names = earlier.rules.names.map((name, i) => (name === "Champions" && i % 2 ? "At Risk" : name));
    const { drift, clusterDrift, verdict } = described({ ...earlier, rules: { ...earlier.rules, names } });
    expect([drift.drifted, clusterDrift.drifted]).toEqual([true, false]);
    expect(verdict.rules[1]).toMatchObject({ ...sizes, fired: false });
  });

  test("leaves out those with too few orders, whom no other fit would put elsewhere", () => {
    const few = Int32Array.from(earlier.cluster, (cluster, i) => (i % 1500 < 750 ? -1 : cluster));
    const { migration, clusterDrift, verdict } = described({ ...earlier, cluster: few });
    expect(migration.segment_name.stayed["Too few orders"]).toBeLessThan(0.2);
    expect(clusterDrift.changes.map(({ name }) => name)).toEqual(["Champions", "Lost/Churned", "Promising"]);
    expect(clusterDrift.changes.map(({ relativeChange }) => relativeChange)).toEqual([0, 0, 0]);
    expect(verdict.rules[1]).toMatchObject({ ...sizes, fired: false });
  });
});

describe("described segments", () => {
  const { clusterRemarks, ruleChecks, migration } = describeSegments(segmented, { categorySpend: new Map() });

  test("have remarks on the number of clusters, about the customers who are in one", () => {
    expect(clusterRemarks).toEqual(clusterCountRemarks(segmented.choice, 14));
    expect(clusterRemarks.at(-1)).toMatchObject({ code: "unreliable", k: 3, smallest: 4, customers: 14 });
  });

  test("have the checks of the segments by rule", () => {
    const { customers, rules } = segmented.now;
    expect(ruleChecks).toEqual(checkRuleSegments(customers, rules.names, { rules: standardSegmentRules }));
    expect(ruleChecks.find(({ rule }) => rule === "champions-at-most")).toMatchObject({ value: 4 / 15, passed: false });
  });

  test("measure movement over the days between the two", () => {
    expect(migration.rule_segment.halfLifeDays["Champions"]).toBe((30 * Math.log(0.5)) / Math.log(0.75));
    const { now, before } = segmented;
    const earlier = { ...before, customers: { ...before.customers, asOf: "2025-12-02" } };
    const longer = describeSegments({ ...segmented, now, before: earlier }, { categorySpend: new Map() });
    expect(longer.migration.rule_segment.halfLifeDays["Champions"]).toBe((60 * Math.log(0.5)) / Math.log(0.75));
  });
});
