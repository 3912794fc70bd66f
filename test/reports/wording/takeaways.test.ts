import { describe, expect, test } from "vitest";
import {
  cleaningTakeaways,
  featureTakeaways,
  leftOutInWords,
  modelTakeaways,
  noteList,
  segmentTakeaways,
  type TakeawayFacts,
} from "../../../src/reports/index.js";
import { numberTexts } from "../../../src/table/index.js";

const conventions = { locale: "en-GB", currency: "GBP" };

describe("takeaways of a segmentation", () => {
  const profile = (name: string, customers: number, revenue: number) => ({
    ...{ name, customers, share: customers / 1000, revenue, revenueShare: revenue / 100_000 },
  });
  const facts: TakeawayFacts = {
    ruleProfiles: [
      profile("Champions", 100, 40_000),
      profile("Loyal Customers", 200, 30_000),
      profile("At Risk", 300, 10_000),
      profile("Lost/Churned", 400, 20_000),
    ],
    strategies: {
      Champions: { priority: "High", contactable: 90, consent_known: true },
      "At Risk": { priority: "Critical", contactable: 120, consent_known: true },
    },
    movers: [
      { to: "At Risk", revenue: 900 },
      { to: "Loyal Customers", revenue: 100 },
      { to: "At Risk", revenue: 500 },
    ],
    listedMovers: 3,
    clusterRemarks: [{ code: "elbow", k: 4 }],
    choice: { chosen: 4 },
    before: { customers: { asOf: "2011-11-09" } },
  };

  test("name the segments of half the revenue, the first target, the movers and the clusters", () => {
    expect(segmentTakeaways(facts, conventions)).toEqual([
      "Champions and Loyal Customers bring 70.0% of the revenue with 30.0% of the customers.",
      'Contact At Risk first: 300 customers have spent £10,000 so far, and 120 may be contacted. To see which effect a test can detect, run: npx rekindle experiment plan --segment "At Risk"',
      "3 customers have left the Champions since 9 Nov 2011: 2 to At Risk and 1 to Loyal Customers. Their revenue to date is £1,500; movers.csv lists them.",
      "The 4 clusters are stable enough to describe the customer base. Contact lists, strategies and budgets use the segments.",
    ]);
  });

  test("count only the movers who may be contacted as listed", () => {
    expect(segmentTakeaways({ ...facts, listedMovers: 2 }, conventions)[2]).toMatch(
      /^3 customers have left .*; movers.csv lists the 2 of them who may be contacted\.$/,
    );
  });

  test("follow the data: other leaders, nobody to contact, no movers, unreliable clusters", () => {
    const failing = { failing: null, smallest: 3, customers: 1000 };
    const other: TakeawayFacts = {
      ...facts,
      ruleProfiles: [profile("New Customers", 900, 80_000), profile("Champions", 100, 20_000)],
      strategies: { Champions: { priority: "High", contactable: 0, consent_known: true } },
      movers: [],
      clusterRemarks: [{ code: "unreliable", k: 4, ...failing }],
    };
    expect(segmentTakeaways(other, conventions)).toEqual([
      "New Customers bring 80.0% of the revenue with 90.0% of the customers.",
      "No customer has left the Champions since 9 Nov 2011.",
      "The 4 clusters are not reliable (see the warning above). Use the segments, which do not depend on clusters.",
    ]);
  });

  test("say that consent is unknown where the dataset does not record it", () => {
    const strategies = { "At Risk": { priority: "Critical", contactable: 300, consent_known: false } } as const;
    expect(segmentTakeaways({ ...facts, strategies }, conventions)[1]).toMatch(
      /^Contact At Risk first: 300 customers have spent £10,000 so far, and their consent is unknown\. /,
    );
  });

  test("say nothing of revenue where there is none", () => {
    const none = facts.ruleProfiles.map((one) => ({ ...one, revenue: 0, revenueShare: Number.NaN }));
    expect(segmentTakeaways({ ...facts, ruleProfiles: none }, conventions)[0]).toMatch(/^Contact At Risk first/);
  });
});

test("takeaways of a cleaning name what was kept and the rule with the largest effect", () => {
  const totals = { lines: 900, orders: 300, customers: 80, first_order: "2011-01-02", last_order: "2011-12-09" };
  const step = (rule: string, action: string, revenue: number) => ({
    ...{ rule, action, rows_before: 1000, rows_after: 950, revenue_touched: revenue },
  });
  expect(
    cleaningTakeaways([step("no_customer_id", "drop", 500), step("cancelled", "return", -2000)], totals, conventions),
  ).toEqual([
    "900 of 1,000 order lines were kept (90.0%): 300 orders of 80 customers from 2 Jan 2011 to 9 Dec 2011.",
    'The rule with the largest effect on revenue is "cancelled": it moves 50 lines worth £2,000. To change a rule, edit datasets/<name>/settings.json and run clean again.',
  ]);
  expect(cleaningTakeaways([], totals, conventions)[1]).toBe("No rule removed order lines.");
});

test("takeaways of features report what is unavailable and what leaks", () => {
  const facts = { rows: 4976, names: ["a", "b"], leftOut: [], asOf: "2025-12-31", leaks: [] };
  expect(featureTakeaways(facts, conventions)).toEqual([
    "The feature store describes 4,976 customers by 2 features as of 31 Dec 2025.",
    "Every feature of the catalogue is available.",
    "No feature uses later data: shuffling the future changes none of them.",
  ]);
  const lacking = featureTakeaways({ ...facts, leftOut: [{ lacks: ["returns"] }], leaks: ["b"] }, conventions);
  expect(lacking.slice(1)).toEqual([
    "1 feature unavailable: no returns.",
    "Do not train on this store: 1 of 2 features change if later data are shuffled, so they use the future.",
  ]);
});

test("unavailable features are counted by what the dataset lacks", () => {
  const leftOut = [{ lacks: ["returns"] }, { lacks: ["returns", "contacts"] }];
  expect(leftOutInWords(leftOut, numberTexts())).toBe("2 features unavailable: no returns (2), no contacts");
});

test("takeaways of a model claim no more than its interval", () => {
  const facts = {
    ...{ choice: "XGBoost", test: { day: "2025-10-02", customers: 4000 } },
    contributions: [
      { feature: "frequency", importance: 0.1 },
      { feature: "recency_days", importance: 0.4 },
    ],
  };
  expect(modelTakeaways({ ...facts, auc: { value: 0.83, lower: 0.81, upper: 0.85 } }, conventions)).toEqual([
    'The comparison chooses "XGBoost".',
    "On 2 Oct 2025, which it has not seen, the model ranks churned customers better than chance: ROC AUC 0.830, between 0.810 and 0.850 (4,000 customers).",
    "It relies most on recency_days, then on frequency.",
  ]);
  expect(modelTakeaways({ ...facts, auc: { value: 0.53, lower: 0.48, upper: 0.58 } }, conventions)[1]).toContain(
    "is not shown to rank churned customers better than chance",
  );
});

test("a list of notes escapes them, and is plain lines in a terminal", async () => {
  const list = noteList(["a < b", "c"]);
  expect(list.notes).toEqual(["a < b", "c"]);
  const bundle = (list as never as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
  expect(bundle["text/plain"]).toBe("- a < b\n- c");
  expect(bundle["text/html"]).toContain("a &#60; b</li>");
});
