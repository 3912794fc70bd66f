import { expect, test } from "vitest";
import { parseSettings, SEGMENT_CONDITIONS } from "../../src/datasets/index.js";
import {
  ruleSegments,
  segmentOf,
  segmentRuleKind,
  segmentRulesOf,
  standardSegmentRules,
  strictSegmentRules,
} from "../../src/segmentation/index.js";

test("segment rules: settings that say nothing ask for fitted ones, thresholds change the standard ones", () => {
  const fitted = [{ name: "Champions", ordersAbove: 3 }, { name: "Lost/Churned" }];
  expect(segmentRulesOf({}, { fitted })).toEqual(fitted);
  expect(segmentRulesOf(parseSettings().segments, { fitted })).toEqual(fitted);
  expect(() => segmentRulesOf()).toThrow("fitted ones are asked for; fit them first");
  expect(segmentRulesOf({ rules: "standard" }, { fitted })).toEqual(standardSegmentRules);
  expect(segmentRulesOf({ rules: "strict" }, { fitted })).toEqual(strictSegmentRules);
  expect([{ thresholds: {} }, { thresholds: { Champions: {} } }].map(segmentRuleKind)).toEqual(["fitted", "standard"]);
});

test("segment rules: thresholds change fitted ones too where these are asked for", () => {
  const fitted = [{ name: "Champions", ordersAbove: 3, recencyBelow: 20 }, { name: "Lost/Churned" }];
  const rules = segmentRulesOf({ rules: "fitted", thresholds: { Champions: { orders_above: 7 } } }, { fitted });
  expect(rules).toEqual([{ name: "Champions", ordersAbove: 7, recencyBelow: 20 }, { name: "Lost/Churned" }]);
});

test("every condition of a settings file reaches its rule", () => {
  const all = Object.fromEntries(SEGMENT_CONDITIONS.map((condition, i) => [condition, i]));
  const rules = segmentRulesOf(parseSettings({ segments: { thresholds: { Hibernating: all } } }).segments);
  expect(rules[3]).toEqual({
    name: "Hibernating",
    recencyBelow: 0,
    recencyAtMost: 1,
    recencyAbove: 2,
    ordersAbove: 3,
    ordersBelow: 4,
    ordersAtLeast: 5,
    orderValueAbove: 6,
  });
  expect(rules.filter((_, i) => i !== 3)).toEqual(standardSegmentRules.filter((_, i) => i !== 3));
});

test("a threshold in another currency moves customers, and strict rules keep their limit", () => {
  const rules = segmentRulesOf({ rules: "strict", thresholds: { Champions: { order_value_above: 5000 } } });
  expect(segmentOf({ recencyDays: 5, frequency: 12, avgBasketValue: 4000 }, { rules })).toBe("Loyal Customers");
  expect(segmentOf({ recencyDays: 5, frequency: 12, avgBasketValue: 5001 }, { rules })).toBe("Champions");
  expect(segmentOf({ recencyDays: 61, frequency: 12, avgBasketValue: 5001 }, { rules })).toBe("At Risk");
});

test("strict rules leave no day between Loyal Customers and At Risk", () => {
  const days = Array.from({ length: 200 }, (_, day) => day / 2);
  const names = days.map((recencyDays) =>
    segmentOf({ recencyDays, frequency: 9, avgBasketValue: 90 }, { rules: strictSegmentRules }),
  );
  expect(new Set(names)).toEqual(new Set(["Loyal Customers", "At Risk"]));
  expect(names.lastIndexOf("Loyal Customers") + 1).toBe(names.indexOf("At Risk"));
  expect(days[names.indexOf("At Risk")]).toBe(60.5);
});

test("by strict rules nobody is worse off for having ordered later", () => {
  const order = [
    "Champions",
    "Loyal Customers",
    "Promising",
    "Need Attention",
    "At Risk",
    "Hibernating",
    "Lost/Churned",
  ];
  for (const frequency of [1, 2, 4, 6, 9, 14]) {
    for (const avgBasketValue of [20, 70, 90, 140]) {
      const names = Array.from({ length: 200 }, (_, recencyDays) =>
        segmentOf({ recencyDays, frequency, avgBasketValue }, { rules: strictSegmentRules }),
      ).map((name) => (name === "New Customers" ? "Promising" : name));
      const places = names.map((name) => order.indexOf(name));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(names.indexOf("Lost/Churned")).not.toBeLessThan(names.includes("Lost/Churned") ? 91 : -1);
    }
  }
});

test("who is lost though they ordered lately is counted", () => {
  const columns = {
    recencyDays: [31, 60, 61, 29, 75],
    frequency: [1, 1, 1, 1, 20],
    avgBasketValue: [500, 9, 9, 9, 50],
  };
  expect(ruleSegments(columns)).toMatchObject({ recentLost: 2, counts: { "Lost/Churned": 4, "New Customers": 1 } });
  expect(ruleSegments(columns, { rules: strictSegmentRules })).toMatchObject({
    recentLost: 0,
    counts: { "Lost/Churned": 0, "Need Attention": 4 },
  });
});

test("overdue Loyal Customers are counted from where At Risk begins", () => {
  const columns = { recencyDays: [61, 80, 100], frequency: [9, 9, 9], avgBasketValue: [90, 90, 90] };
  expect(ruleSegments(columns).overdueLoyal).toBe(3);
  const rules = segmentRulesOf({ thresholds: { "At Risk": { recency_above: 90 } } });
  expect(ruleSegments(columns, { rules }).overdueLoyal).toBe(1);
  expect(ruleSegments(columns, { rules: strictSegmentRules }).overdueLoyal).toBe(0);
});

test.each([
  [[], '"settings.segments" is []; expected an object'],
  [{ rule: "strict" }, 'has an unknown key "rule"; did you mean "rules"?'],
  [{ rules: "lax" }, '"settings.segments.rules" is "lax"; expected "standard", "strict" or "fitted"'],
  [{ thresholds: [] }, '"settings.segments.thresholds" is []; expected an object'],
  [{ thresholds: { Champion: {} } }, 'has an unknown key "Champion"; did you mean "Champions"?'],
  [{ thresholds: { Champions: 5 } }, '"settings.segments.thresholds.Champions" is 5; expected an object'],
  [{ thresholds: { "Lost/Churned": {} } }, "that segment takes all remaining customers"],
  [
    { thresholds: { Champions: { value_above: 5 } } },
    'has an unknown key "value_above"; expected recency_below, recency_at_most,',
  ],
  [
    { thresholds: { Champions: { orders_above: "5" } } },
    '.Champions.orders_above" is "5"; expected a number, at least 0',
  ],
  [
    { thresholds: { Champions: { orders_above: -1 } } },
    '.Champions.orders_above" is -1; expected a number, at least 0',
  ],
])("settings %j are refused", (segments, message) => {
  expect(() => parseSettings({ segments })).toThrow(SyntaxError);
  expect(() => parseSettings({ segments })).toThrow(message);
});
