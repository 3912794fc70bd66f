import { describe, expect, test } from "vitest";
import { matrixFromColumns, matrixFromRows } from "../../src/matrix.js";
import { createRandom, normal } from "../../src/random.js";
import {
  chooseClusterCount,
  findKnee,
  fitFeatureScaler,
  nameClusters,
  ruleSegments,
  scaleFeatures,
  segmentOf,
  silhouetteVerdict,
  strictSegmentRules,
  uniqueClusterNames,
} from "../../src/segmentation/index.js";

/** Rows around `k` centres far apart. */
function blobs(k: number, perBlob: number, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: k * perBlob }, (_, i) => [
    10 * (i % k) + normal(random),
    -7 * ((i * 3) % k) + normal(random),
  ]);
  return matrixFromRows(rows);
}

describe("scaling", () => {
  test("gives logarithms mean 0, standard deviation 1, then weights", () => {
    const columns = { a: [0, 1, 3, 7], b: [5, 6, 7, 8] };
    const scaler = fitFeatureScaler(columns, { logarithmic: ["a"], weights: { b: 2 } });
    const { data } = scaleFeatures(scaler, columns);
    const [a, b] = [0, 1].map((j) => [0, 1, 2, 3].map((i) => data[2 * i + j]));
    const spread = (values: number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / 4);
    expect(a.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect([spread(a), spread(b)]).toEqual([expect.closeTo(1, 12), expect.closeTo(2, 12)]);
    expect(a[1] - a[0]).toBeCloseTo(a[2] - a[1], 12);
    expect(JSON.parse(JSON.stringify(scaler))).toEqual(scaler);
  });

  test("refuses constant, missing and unknown features in one line", () => {
    expect(() => fitFeatureScaler({ a: [2, 2] })).toThrow('"a" is 2 for every customer, one that differs is needed');
    expect(() => fitFeatureScaler({ a: [2, Number.NaN] })).toThrow('"a" is NaN in row 1, a number above -1 is needed');
    expect(() => fitFeatureScaler({ a: [2, 3] }, { weights: { b: 1 } })).toThrow(
      'there is no feature "b", there are a',
    );
    expect(() => fitFeatureScaler({ a: [2, 3] }, { weights: { a: 0 } })).toThrow('the weight of "a" is 0');
    const scaler = fitFeatureScaler({ a: [2, 3] });
    expect(() => scaleFeatures(scaler, { b: [1] })).toThrow('there is no feature "a", there are b');
  });
});

describe("names", () => {
  test("rules are tried in order, on their bounds too", () => {
    const of = (recencyDays: number, orders: number, averageOrderValue: number) =>
      segmentOf({ recencyDays, orders, averageOrderValue });
    expect(of(29, 11, 101)).toBe("Champions");
    expect(of(30, 11, 101)).toBe("Loyal Customers");
    expect(of(300, 9, 81)).toBe("Loyal Customers");
    expect(of(61, 6, 61)).toBe("At Risk");
    expect(of(60, 6, 61)).toBe("Lost/Churned");
    expect(of(91, 4, 10)).toBe("Hibernating");
    expect(of(10, 2, 10)).toBe("New Customers");
    expect(of(44, 3, 10)).toBe("Promising");
    expect(of(59, 2, 10)).toBe("Need Attention");
    expect(of(60, 2, 10)).toBe("Lost/Churned");
    expect(segmentOf({ recencyDays: 300, orders: 9, averageOrderValue: 81 }, { rules: strictSegmentRules })).toBe(
      "At Risk",
    );
  });

  test("everyone has one segment, and loyal ones who are long away are counted", () => {
    const columns = { recencyDays: [300, 10, 5], orders: [9, 9, 1], averageOrderValue: [90, 90, 5] };
    const { names, counts, overdueLoyal } = ruleSegments(columns);
    expect(names).toEqual(["Loyal Customers", "Loyal Customers", "New Customers"]);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(3);
    expect([overdueLoyal, counts["Champions"]]).toEqual([1, 0]);
    expect(() => ruleSegments({ ...columns, orders: [9, Number.NaN, 1] })).toThrow("orders is NaN in row 1");
  });

  test("a cluster is named by its means, and shared names are told apart", () => {
    const columns = { recencyDays: [5, 15, 400, 2], orders: [20, 12, 1, 90], averageOrderValue: [150, 110, 5, 900] };
    const names = nameClusters(columns, [0, 0, 1, 2]);
    expect(names).toEqual(["Champions", "Lost/Churned", "Champions"]);
    const means = { monetary: [2000, 5, 80_000], orders: [16, 1, 90], recencyDays: [10, 400, 2] };
    expect(uniqueClusterNames(names, means)).toEqual([
      "Champions · lower spend",
      "Lost/Churned",
      "Champions · very high spend",
    ]);
    const same = ["A", "A", "A", "A", "A"];
    const spread = {
      monetary: [1, 2, 3, 4, 5].map((x) => 10 ** x),
      orders: same.map(() => 1),
      recencyDays: same.map(() => 1),
    };
    expect(new Set(uniqueClusterNames(same, spread)).size).toBe(5);
  });
});

describe("the number of clusters", () => {
  test("a knee is where the curve bends; a straight line has none", () => {
    expect(findKnee([1, 2, 3, 4, 5, 6], [100, 40, 12, 10, 9, 8])).toBe(3);
    expect(findKnee([1, 2, 3, 4], [40, 30, 20, 10])).toBeNull();
    expect(findKnee([1, 2], [2, 1])).toBeNull();
    expect(findKnee([1, 2, 3], [5, 5, 5])).toBeNull();
  });

  test("verdicts have the published limits", () => {
    expect([0.51, 0.5, 0.3, 0.29].map(silhouetteVerdict)).toEqual(["good", "acceptable", "acceptable", "poor"]);
  });

  test("the largest admissible is taken, and every other says why it lost", () => {
    const points = blobs(4, 60, 9);
    const nameBy = (labels: Int32Array) => Array.from({ length: Math.max(...labels) + 1 }, (_, c) => `name ${c}`);
    const choice = chooseClusterCount(points, { seed: 1, nameClusters: nameBy, refits: 10 });
    expect(choice.chosen).toBe(4);
    expect(choice.candidates.filter(({ chosen }) => chosen).map(({ k }) => k)).toEqual([4]);
    const whyOf = (k: number) => choice.candidates.find((candidate) => candidate.k === k)?.why;
    expect(whyOf(7)).toContain("more than 6 clusters");
    expect(whyOf(3)).toContain("refits agree by");
    const forced = chooseClusterCount(points, { seed: 1, nameClusters: nameBy, refits: 2, forced: 3 });
    expect([forced.chosen, forced.candidates[0].why]).toEqual([3, "asked for"]);
  });

  test("where none is admissible the fewest faults win, and are named", () => {
    const points = blobs(4, 60, 9);
    const nameBy = (labels: Int32Array) => Array.from({ length: Math.max(...labels) + 1 }, () => "Champions");
    const choice = chooseClusterCount(points, { seed: 1, nameClusters: nameBy, refits: 5 });
    const chosen = choice.candidates.find((candidate) => candidate.chosen);
    expect(chosen).toMatchObject({ k: 4, admissible: false, distinctNames: false });
    expect(chosen?.why).toBe('none is admissible; fewest faults: two clusters are both "Champions"');
    expect(() => chooseClusterCount(matrixFromColumns({ a: [1, 2, 3] }), { seed: 1, nameClusters: nameBy })).toThrow(
      "there are 3 customers, more than 3 are needed",
    );
  });
});
