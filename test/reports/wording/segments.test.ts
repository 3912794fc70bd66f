import { expect, test } from "vitest";
import {
  clusterCountReason,
  failedRuleChecks,
  retrainRuleInWords,
  ruleConditions,
  ruleFitRemark,
} from "../../../src/reports/index.js";
import { standardSegmentRules, strictSegmentRules } from "../../../src/segmentation/index.js";
import { numberTexts } from "../../../src/table/index.js";

const texts = numberTexts({ locale: "en-GB", currency: "EUR" });

test("conditions of segment rules: every kind has its words, and the last takes all others", () => {
  const words = (rules: typeof standardSegmentRules) => rules.map((rule) => ruleConditions(rule, texts));
  expect(words(standardSegmentRules)).toEqual([
    "last order less than 30 days ago, more than 10 orders, more than €100.00 per order",
    "more than 8 orders, more than €80.00 per order",
    "last order more than 60 days ago, more than 5 orders, more than €60.00 per order",
    "last order more than 90 days ago, more than 3 orders",
    "last order less than 30 days ago, fewer than 3 orders",
    "last order less than 45 days ago, at least 3 orders",
    "last order less than 60 days ago, at least 2 orders",
    "all other customers",
  ]);
  expect(words(strictSegmentRules)[6]).toBe("last order at most 90 days ago");
});

test("remarks on fitted rules: each code has a sentence with its numbers", () => {
  const remark = (rule: Parameters<typeof ruleFitRemark>[0]["rule"]) =>
    ruleFitRemark({ rule, value: 1, limit: 4 }, texts);
  expect(remark("repeat-customers")).toMatch(/^No customer has ordered twice/);
  expect(remark("recency-limits")).toBe(
    "The 4 limits for days since the last order take only 1 values: customers order too often to separate more",
  );
  expect(remark("order-limits")).toMatch(/^The 4 limits for orders take only 1/);
  expect(remark("order-value-limits")).toMatch(/^The 4 limits for order value take only 1/);
});

test("failed checks of rule segments: those that passed are not said, reasons of empty segments are", () => {
  const conditions = [{ condition: "recencyBelow", limit: 14, share: 0.5 }] as const;
  const empty = { rule: "segment-not-empty", segment: "At Risk", value: 0, limit: 1, passed: false } as const;
  expect(
    failedRuleChecks(
      [
        { rule: "champions-at-least", value: 0.02, limit: 0.03, passed: false, conditions },
        { rule: "champions-at-most", value: 0.02, limit: 0.12, passed: true, conditions },
        { rule: "champions-revenue", value: 0.1, limit: 0.15, passed: false, conditions: [] },
        { ...empty, reason: { kind: "condition", condition: "orderValueAbove", limit: 9.99 } },
        { ...empty, reason: { kind: "together" } },
        { ...empty, reason: { kind: "earlier", customers: 1200 } },
      ],
      texts,
    ),
  ).toEqual([
    "Champions are 2.0% of the customers, less than 3%: 50.0% have a last order less than 14 days ago",
    "Champions bring 10.0% of the revenue, less than 15%",
    "At Risk is empty: no customer has more than €9.99 per order",
    "At Risk is empty: every condition is met by some customers, but all together by none",
    "At Risk is empty: all 1,200 customers who meet its conditions are in an earlier segment",
  ]);
});

test("numbers in reasons: as many digits as it takes to see which is larger, in the dataset's own writing", () => {
  const german = numberTexts({ locale: "de-DE" });
  const checks = [{ rule: "stability", value: 0.79992, limit: 0.8, passed: false }] as const;
  expect(clusterCountReason({ checks, reason: { kind: "checks" } }, german)).toBe("stability 0,7999, minimum 0,8000");
  expect(retrainRuleInWords({ rule: "silhouette", value: 0.29996, limit: 0.3, fired: true }, german)).toBe(
    "The silhouette is 0,29996, below 0,30000.",
  );
});
