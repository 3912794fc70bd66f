import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/numeric/index.js";
import { clusterInWords } from "../../src/reports/index.js";
import {
  averageCustomer,
  nameClusters,
  profileGroups,
  ruleSegments,
  segmentPrototypes,
  standardSegmentRules,
} from "../../src/segmentation/index.js";
import { numberTexts } from "../../src/table/index.js";

/** Customers of every segment, three of each, in the order of the rules. */
const eight = {
  recencyDays: [5, 6, 7, 40, 41, 42, 70, 71, 72, 100, 101, 102, 8, 9, 10, 11, 12, 13, 50, 51, 52, 300, 301, 302],
  frequency: [14, 15, 16, 10, 11, 12, 6, 7, 8, 4, 4, 5, 1, 1, 2, 3, 4, 5, 2, 2, 2, 1, 1, 1],
  avgBasketValue: [150, 151, 152, 90, 91, 92, 70, 71, 72, 20, 21, 22, 30, 31, 32, 33, 34, 35, 36, 37, 38, 10, 11, 12],
};
const byThree = eight.recencyDays.map((_, i) => Math.floor(i / 3));

describe("names of clusters", () => {
  test("clusters that are the segments get their names", () => {
    expect(nameClusters(eight, byThree)).toEqual(standardSegmentRules.map(({ name }) => name));
  });

  test("two clusters of one segment do not compete: the nearer one gets its name, the other another", () => {
    // All ten customers are Champions or lost; two clusters are of Champions only.
    const customers = {
      recencyDays: [5, 6, 7, 8, 9, 10, 300, 310, 320, 330],
      frequency: [40, 41, 42, 12, 13, 14, 1, 1, 1, 1],
      avgBasketValue: [900, 910, 920, 150, 151, 152, 10, 11, 12, 13],
    };
    const labels = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2];
    const names = nameClusters(customers, labels);
    expect(new Set(names).size).toBe(3);
    expect(names).toContain("Champions");
    expect(names[2]).toBe("Lost/Churned");
  });

  test("do not depend on how clusters are numbered, and are all different for up to eight", () => {
    const random = createRandom(3);
    const n = 400;
    const customers = {
      recencyDays: Array.from({ length: n }, () => Math.floor(random.uniform() * 400)),
      frequency: Array.from({ length: n }, () => 1 + Math.floor(random.uniform() * 15)),
      avgBasketValue: Array.from({ length: n }, () => 5 + random.uniform() * 195),
    };
    for (let k = 2; k <= 8; ++k) {
      const labels = customers.recencyDays.map((days, i) =>
        i < k ? i : Math.min(k - 1, Math.floor((days * k) / 400)),
      );
      const names = nameClusters(customers, labels);
      expect(new Set(names).size).toBe(k);
      const turned = nameClusters(
        customers,
        labels.map((label) => k - 1 - label),
      );
      expect(turned).toEqual([...names].reverse());
    }
  });

  test("of more clusters than segments, those left over take the nearest name", () => {
    const twelve = eight.recencyDays.map((_, i) => Math.floor(i / 2));
    const names = nameClusters(eight, twelve);
    expect(names).toHaveLength(12);
    expect(new Set(names).size).toBe(8);
  });
});

describe("prototypes of segments", () => {
  const rank = (values: readonly number[]) =>
    values.map((value) => values.filter((other) => other <= value).length / values.length);
  const ranks = {
    recencyDays: rank(eight.recencyDays),
    frequency: rank(eight.frequency),
    avgBasketValue: rank(eight.avgBasketValue),
  };
  const { names } = ruleSegments(eight);

  test("are the mean ranks of the customers in the segment", () => {
    const [champions] = segmentPrototypes(eight, { ranks, names, rules: standardSegmentRules });
    expect(champions).toEqual({ name: "Champions", recencyDays: 2 / 24, frequency: 23 / 24, avgBasketValue: 23 / 24 });
  });

  test("are the middle of the ranks that the conditions allow where nobody is in the segment", () => {
    const rules = [
      { name: "Rich", recencyAbove: 70, ordersBelow: 3, orderValueAbove: 89 },
      { name: "New", recencyBelow: 13, ordersAtLeast: 3 },
      { name: "Rest" },
    ];
    const rest = names.map(() => "Rest");
    const [rich, fresh] = segmentPrototypes(eight, { ranks, names: rest, rules });
    // 8 of 24 are away for more than 70 days, 9 have at most 2 orders, 6 spend more than 89 per order.
    expect(rich.recencyDays).toBeCloseTo(1 - 8 / 24 / 2, 12);
    expect(rich.frequency).toBeCloseTo(9 / 24 / 2, 12);
    expect(rich.avgBasketValue).toBeCloseTo(1 - 6 / 24 / 2, 12);
    // 8 ordered less than 13 days ago, 15 have at least 3 orders, and the order value is free.
    expect(fresh.recencyDays).toBeCloseTo(8 / 24 / 2, 12);
    expect(fresh.frequency).toBeCloseTo(1 - 15 / 24 / 2, 12);
    expect(fresh.avgBasketValue).toBe(0.5);
  });
});

describe("names and profiles", () => {
  /** What each name must not stand above, in the words of profiles. */
  const opposites: Readonly<Record<string, RegExp>> = {
    Champions: /been away (much )?longer|order (much )?less often|bring (much )?less revenue/,
    "Loyal Customers": /order (much )?less often/,
    Promising: /been away (much )?longer/,
    "New Customers": /been away (much )?longer|order (much )?more often|been customers for (much )?longer/,
    "At Risk": /ordered (much )?more recently/,
    Hibernating: /ordered (much )?more recently/,
    "Lost/Churned": /ordered (much )?more recently/,
  };

  /** Customers whose clusters lie on either side of those with too few orders for one (-1). */
  function shop(seed: number) {
    const random = createRandom(seed);
    const n = 300;
    const k = 2 + Math.floor(random.uniform() * 7);
    const labels = Array.from({ length: n }, () => Math.floor(random.uniform() * (k + 1)) - 1);
    const scale = Array.from({ length: k + 1 }, () => [
      random.uniform() * 400,
      random.uniform() * 20,
      random.uniform() * 900,
    ]);
    const of = (column: number) =>
      Float64Array.from(labels, (label) => 1 + Math.floor(random.uniform() * scale[label + 1][column]));
    const [recencyDays, frequency, tenure] = [of(0), of(1), of(2)];
    const avgBasketValue = Float64Array.from(labels, () => 5 + random.uniform() * 195);
    return {
      labels,
      columns: {
        ...{ recencyDays, frequency, avgBasketValue },
        monetary: frequency.map((orders, i) => orders * avgBasketValue[i]),
        daysSinceFirstPurchase: tenure.map((days, i) => days + recencyDays[i]),
      },
    };
  }

  test("never contradict each other", () => {
    let checked = 0;
    for (let seed = 0; seed < 200; ++seed) {
      const { columns, labels } = shop(seed);
      const names = nameClusters(columns, labels);
      for (const profile of profileGroups(columns, { groups: labels, nameOf: (group) => names[group] ?? "none" })) {
        const words = clusterInWords(profile, numberTexts());
        const opposite = opposites[profile.name];
        if (!opposite) continue;
        checked += 1;
        expect(words, `${seed}: ${profile.name}`).not.toMatch(opposite);
      }
    }
    expect(checked).toBeGreaterThan(300);
  });

  test("compare with all customers, also those in no cluster", () => {
    // Among the clustered the second has been away longest; the average customer, with those in none, longer still.
    const columns = {
      recencyDays: [5, 6, 7, 60, 61, 62, ...Array.from({ length: 30 }, (_, i) => 400 + i)],
      frequency: [20, 21, 22, 1, 1, 1, ...Array.from({ length: 30 }, () => 1)],
      avgBasketValue: [150, 150, 150, 10, 10, 10, ...Array.from({ length: 30 }, () => 10)],
    };
    const labels = columns.recencyDays.map((_, i) => (i < 6 ? Math.floor(i / 3) : -1));
    const inClusters = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, values.slice(0, 6)]),
    ) as typeof columns;
    expect(nameClusters(inClusters, labels.slice(0, 6))).toEqual(["Champions", "Lost/Churned"]);
    const [first, second] = nameClusters(inClusters, labels.slice(0, 6), { average: averageCustomer(columns) });
    expect(first).toBe("Champions");
    expect(["At Risk", "Hibernating", "Lost/Churned"]).not.toContain(second);
  });
});
