import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { profileGroups, ruleSegments, segmentOf, strictSegmentRules } from "../../src/segmentation/index.js";
import { type Trusted, trustKnown } from "../features/trust.js";
import { hasRealData } from "../real-data.js";
import { rfmOf } from "../segmentation/rfm-of.js";

// The rules as published: R days since the last order, F orders, M average order value; the first that holds counts.
//   R<30, F>10, M>100 Champions · F>8, M>80 Loyal Customers · R>60, F>5, M>60 At Risk · R>90, F>3 Hibernating ·
//   R<30, F<3 New Customers · R<45, F>=3 Promising · R<60, F>=2 Need Attention · else Lost/Churned

describe("each rule, on both sides of each of its limits", () => {
  test.each([
    [29, 11, 100.01, "Champions"],
    [30, 11, 100.01, "Loyal Customers"],
    [29, 10, 100.01, "Loyal Customers"],
    [29, 11, 100, "Loyal Customers"],
    [500, 9, 80.01, "Loyal Customers"],
    [29, 8, 80.01, "Promising"],
    [29, 9, 80, "Promising"],
    [61, 9, 80, "At Risk"],
    [61, 6, 60.01, "At Risk"],
    [60, 6, 60.01, "Lost/Churned"],
    [91, 5, 60.01, "Hibernating"],
    [91, 6, 60, "Hibernating"],
    [91, 4, 0, "Hibernating"],
    [90, 4, 0, "Lost/Churned"],
    [91, 3, 0, "Lost/Churned"],
    [0, 1, 1e6, "New Customers"],
    [29, 2, 0, "New Customers"],
    [30, 2, 0, "Need Attention"],
    [29, 3, 0, "Promising"],
    [44, 3, 0, "Promising"],
    [45, 3, 0, "Need Attention"],
    [59, 2, 0, "Need Attention"],
    [60, 2, 0, "Lost/Churned"],
    [59, 1, 0, "Lost/Churned"],
    [30, 1, 1e6, "Lost/Churned"],
  ])("R %d, F %d, M %d is %s", (recencyDays, frequency, avgBasketValue, segment) => {
    expect(segmentOf({ recencyDays, frequency, avgBasketValue })).toBe(segment);
  });
});

describe.skipIf(!hasRealData)("customers of Online Retail, set C, as of 2011-12-10", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    trusted = await trustKnown("online-retail");
  });
  afterAll(() => trusted?.close());

  async function load(minOrders: number) {
    const rfm = await rfmOf(trusted, "2011-12-10", minOrders);
    const input = { recencyDays: rfm.recency_days, frequency: rfm.frequency, avgBasketValue: rfm.avg_basket_value };
    return { rfm, input };
  }

  /** Shares of customers and of revenue. */
  async function champions(minOrders: number) {
    const { rfm, input } = await load(minOrders);
    const { names } = ruleSegments(input);
    const profiles = profileGroups(
      { ...input, monetary: rfm.monetary, daysSinceFirstPurchase: rfm.recency_days },
      { groups: names.map((name) => (name === "Champions" ? 0 : 1)), nameOf: String },
    );
    return { champions: profiles[0], all: profiles[0].revenue + profiles[1].revenue };
  }

  test("counts by rule", async () => {
    const { names, counts, overdueLoyal } = ruleSegments((await load(1)).input);
    expect(names).toHaveLength(4338);
    expect(counts).toEqual({
      Champions: 293,
      "Loyal Customers": 165,
      "At Risk": 67,
      Hibernating: 101,
      "New Customers": 443,
      Promising: 953,
      "Need Attention": 291,
      "Lost/Churned": 2025,
    });
    expect(overdueLoyal).toBeGreaterThan(0);
  });

  test("Champions are 6.75 % of customers and bring 45.8 % of revenue, 8,911,407.90 in all", async () => {
    const { champions: best, all } = await champions(1);
    expect(best.share).toBeCloseTo(0.0675, 4);
    expect(best.revenueShare).toBeCloseTo(0.458, 3);
    expect(all).toBeCloseTo(8_911_407.904, 3);
  });

  test("of those with at least two orders they are 10.3 % and bring 49.2 %", async () => {
    const { champions: best } = await champions(2);
    expect(best.share).toBeCloseTo(0.103, 3);
    expect(best.revenueShare).toBeCloseTo(0.492, 3);
  });

  test("strict rules move overdue Loyal Customers to At Risk, and who ordered within 90 days out of Lost/Churned", async () => {
    const { input } = await load(1);
    const [standard, strict] = [ruleSegments(input), ruleSegments(input, { rules: strictSegmentRules })];
    const moved = standard.names.flatMap((name, i) =>
      name === strict.names[i] ? [] : [`${name} to ${strict.names[i]}`],
    );
    const within = (days: number) =>
      standard.names.filter((name, i) => name === "Lost/Churned" && input.recencyDays[i] <= days).length;
    expect(moved.filter((way) => way === "Loyal Customers to At Risk")).toHaveLength(standard.overdueLoyal);
    expect(moved.filter((way) => way === "Lost/Churned to Need Attention")).toHaveLength(within(90));
    expect(moved).toHaveLength(standard.overdueLoyal + within(90));
    expect(standard.recentLost).toBe(within(60));
    expect([strict.overdueLoyal, strict.recentLost]).toEqual([0, 0]);
  });
});
