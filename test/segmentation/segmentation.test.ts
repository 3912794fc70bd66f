import { describe, expect, test } from "vitest";
import { featureCatalogue } from "../../src/features/index.js";
import {
  fitFeatureScaler,
  isLinearFeature,
  ruleSegments,
  scaleFeatures,
  segmentOf,
  signedLog1p,
  strictSegmentRules,
  uniqueClusterNames,
} from "../../src/segmentation/index.js";

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

  test("takes logarithms on both sides of zero, where returns outweigh orders", () => {
    const scaler = fitFeatureScaler({ a: [-3, -1, 0, 1, 3] });
    const { data } = scaleFeatures(scaler, { a: [-3, -1, 0, 1, 3] });
    expect([data[0] + data[4], data[1] + data[3], data[2]]).toEqual([0, 0, 0].map((zero) => expect.closeTo(zero, 12)));
    expect(data[4] / data[3]).toBeCloseTo(Math.log(4) / Math.log(2), 12);
  });

  test("refuses constant, missing and unknown features in one line", () => {
    expect(() => fitFeatureScaler({ a: [2, 2] })).toThrow(
      '"a" is 2 for every customer; drop the feature or use customers who differ in it',
    );
    // A sum in another order is no difference between customers.
    expect(() => fitFeatureScaler({ a: [0.1 + 0.2, 0.3, 0.3] }, { logarithmic: [] })).toThrow(
      '"a" is 0.30000000000000004 for every customer',
    );
    expect(fitFeatureScaler({ a: [1e6, 1e6 + 1e-3] }, { logarithmic: [] })[0].standardDeviation).toBeCloseTo(5e-4, 9);
    expect(() => fitFeatureScaler({ a: [2, Number.NaN] })).toThrow('"a" is NaN in row 1; expected a finite number');
    expect(() => fitFeatureScaler({ a: [2, 3] }, { weights: { b: 1 } })).toThrow(
      'there is no feature "b"; use one of a',
    );
    expect(() => fitFeatureScaler({ a: [2, 3] }, { weights: { a: 0 } })).toThrow('the weight of "a" is 0');
    const scaler = fitFeatureScaler({ a: [2, 3] });
    expect(() => scaleFeatures(scaler, { b: [1] })).toThrow(
      'there is no feature "a"; use the features that the scaler was fitted on (found b)',
    );
    // What every object has is no feature.
    expect(() => fitFeatureScaler({ a: [2, 3] }, { weights: { toString: 2 } })).toThrow('no feature "toString"');
    expect(fitFeatureScaler({ constructor: [2, 3] })[0].weight).toBe(1);
    const inherited = [{ ...scaler[0], name: "toString" }];
    expect(() => scaleFeatures(inherited, { a: [2, 3] })).toThrow('no feature "toString"');
  });
});

test("shares, scores and deciles are all that is compared by differences", () => {
  const linear = featureCatalogue.filter(({ unit }) => ["share", "score", "decile"].includes(unit));
  expect(featureCatalogue.filter(({ name }) => isLinearFeature(name))).toEqual(linear);
  expect(linear.length).toBeGreaterThan(5);
  expect([-3, 0, 3].map(signedLog1p)).toEqual([-Math.log(4), 0, Math.log(4)]);
});

describe("names", () => {
  test("rules are tried in order, on their bounds too", () => {
    const of = (recencyDays: number, frequency: number, avgBasketValue: number) =>
      segmentOf({ recencyDays, frequency, avgBasketValue });
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
    expect(segmentOf({ recencyDays: 300, frequency: 9, avgBasketValue: 81 }, { rules: strictSegmentRules })).toBe(
      "At Risk",
    );
  });

  test("everyone has one segment, and loyal ones who are long away are counted", () => {
    const columns = { recencyDays: [300, 10, 5], frequency: [9, 9, 1], avgBasketValue: [90, 90, 5] };
    const { names, counts, overdueLoyal } = ruleSegments(columns);
    expect(names).toEqual(["Loyal Customers", "Loyal Customers", "New Customers"]);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(3);
    expect([overdueLoyal, counts["Champions"]]).toEqual([1, 0]);
    expect(() => ruleSegments({ ...columns, frequency: [9, Number.NaN, 1] })).toThrow("frequency is NaN in row 1");
  });

  test("unique cluster names: clusters that share a name get what sets them most apart", () => {
    const names = ["Champions", "Lost/Churned", "Champions"];
    const means = { monetary: [2000, 5, 80_000], frequency: [16, 1, 90], recencyDays: [10, 400, 2] };
    expect(uniqueClusterNames(names, means)).toEqual([
      "Champions · lower spend",
      "Lost/Churned",
      "Champions · very high spend",
    ]);
    const near = { monetary: [100, 5, 101], frequency: [1, 1, 1], recencyDays: [1, 1, 1] };
    expect(uniqueClusterNames(names, near)[2]).toBe("Champions · higher spend");
    const owing = { monetary: [-500, 5, 20], frequency: [1, 1, 1], recencyDays: [1, 1, 1] };
    expect(uniqueClusterNames(names, owing)[0]).toBe("Champions · lower spend");
    const same = ["A", "A", "A", "A", "A"];
    const spread = {
      monetary: [1, 2, 3, 4, 5].map((x) => 10 ** x),
      frequency: same.map(() => 1),
      recencyDays: same.map(() => 1),
    };
    // Nothing but spend differs, so that those in between have nothing more to be told by.
    expect(uniqueClusterNames(same, spread)).toEqual([
      ...["A · lowest spend", "A · in between (3)", "A · in between (2)", "A · in between (1)", "A · very high spend"],
    ]);
    const alike = { monetary: [7, 7], frequency: [2, 2], recencyDays: [9, 9] };
    expect(uniqueClusterNames(["A", "A"], alike)).toEqual(["A · alike (1)", "A · alike (2)"]);
  });

  test("a cluster is far above where it has three times as much as the next, and not before", () => {
    const told = (most: number) =>
      uniqueClusterNames(["A", "A"], { monetary: [most, 99], frequency: [1, 1], recencyDays: [1, 1] })[0];
    expect([told(298), told(299)]).toEqual(["A · higher spend", "A · very high spend"]);
  });

  test("who ordered on the day from which At Risk begins is neither overdue nor long lost", () => {
    const { overdueLoyal, recentLost } = ruleSegments({
      recencyDays: [60, 61, 60, 61, 62],
      frequency: [9, 9, 1, 1, 1],
      avgBasketValue: [90, 90, 5, 5, 5],
    });
    expect([overdueLoyal, recentLost]).toEqual([1, 1]);
  });

  test("uniqueClusterNames: middle clusters are distinguished by the feature in which they differ most", () => {
    const lost = (k: number) => Array.from({ length: k }, () => "Lost/Churned");
    const four = { monetary: [900, 30, 40, 2], frequency: [3, 1, 1, 1], recencyDays: [200, 310, 120, 400] };
    expect(uniqueClusterNames(lost(4), four)).toEqual([
      "Lost/Churned · very high spend",
      "Lost/Churned · in between, longer away",
      "Lost/Churned · in between, seen more lately",
      "Lost/Churned · lowest spend",
    ]);
    // Spend, then recency of the four in the middle, then orders of the two that are left.
    const six = {
      monetary: [90, 80, 70, 60, 50, 2],
      frequency: [1, 1, 5, 2, 1, 1],
      recencyDays: [9, 300, 110, 100, 20, 9],
    };
    expect(uniqueClusterNames(lost(6), six).map((name) => name.split(" · ")[1])).toEqual([
      ...["highest spend", "in between, longest away", "in between, more orders"],
      ...["in between, fewer orders", "in between, seen most lately", "lowest spend"],
    ]);
    const five = {
      ...six,
      monetary: [90, 80, 70, 50, 2],
      frequency: [1, 1, 5, 1, 1],
      recencyDays: [9, 300, 110, 20, 9],
    };
    expect(uniqueClusterNames(lost(5), five)[2]).toBe("Lost/Churned · in between");
  });
});
