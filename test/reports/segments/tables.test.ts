import { describe, expect, test } from "vitest";
import {
  migrationTable,
  moversTable,
  profileTable,
  refitTable,
  retrainTable,
  ruleSegmentTable,
  selectionTable,
  stayingTable,
  strategyTable,
} from "../../../src/reports/index.js";
import { migrationCrosstab, moverFlows, segmentSizesBefore } from "../../../src/segmentation/index.js";
import { strategiesWithBudget } from "../../../src/strategy/budget/apply-strategies.js";
import { standardStrategies, targetList } from "../../../src/strategy/index.js";
import { renderText, tableRecords } from "../../../src/table/index.js";
import { SEGMENT_NAMES } from "../../../src/text/segment-names.js";
import { describedByHand, strategiesByHand } from "../../segmentation/hand-made.js";

// Expected values are worked out by hand from the rows of hand-made.ts.
const described = await describedByHand();
const british = { locale: "en-GB", currency: "GBP" };
const german = { locale: "de-DE", currency: "EUR" };
const DISPLAY = Symbol.for("Jupyter.display");

test("profileTable: clusters have sizes, shares and the median customer, as numbers", () => {
  const table = profileTable(described.profiles);
  expect(table.rows).toEqual([
    ["Too few orders", 1, 1 / 15, expect.closeTo(90 / 13_615, 12), 12, 1, 90],
    ["Champions", 5, 5 / 15, expect.closeTo(12_320 / 13_615, 12), 15, 14, 160],
    ["Promising", 5, 5 / 15, expect.closeTo(1010 / 13_615, 12), 40, 4, 50],
    ["Lost/Churned", 4, 4 / 15, expect.closeTo(195 / 13_615, 12), 265, 2, 22.5],
  ]);
  expect(renderText(table, german).split("\n").at(-1)?.replaceAll("\u00a0", " ")).toMatch(/ 265 +2 +22,50 €$/);
});

test("profileTable: median orders keep their half", () => {
  const [first] = described.profiles;
  const centres = { ...first.centres, frequency: { mean: 2, median: 2.5 } };
  expect(renderText(profileTable([{ ...first, centres }]), german)).toMatch(/ 2,5 /);
});

test("ruleSegmentTable: has all eight segments, of an empty one only its size", () => {
  const table = ruleSegmentTable({ ...described, strategies: strategiesByHand(described) });
  expect(table.rows.map(([segment]) => segment)).toEqual(SEGMENT_NAMES);
  expect(table.rows[0]).toEqual(["Champions", 4, 4 / 15, 12.5, 15, 165, expect.closeTo(10_760 / 13_615, 12), 3]);
  expect(tableRecords(table).find(({ segment }) => segment === "Hibernating")).toEqual({
    ...{ segment: "Hibernating", customers: 0, share: 0, recencyDays: null, frequency: null, avgBasketValue: null },
    ...{ revenueShare: 0, contactable: 0 },
  });
});

describe("selectionTable", () => {
  test("has each number of clusters with its measures and the reason, and marks elbow and selection", () => {
    const rows = tableRecords(selectionTable(described.choice));
    expect(rows.map(({ k }) => k)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(rows.map(({ elbow }) => elbow)).toEqual(["", "yes", "", "", "", ""]);
    const candidates = described.choice.candidates.map((one) => ({ ...one, admissible: true }));
    const chosen = tableRecords(selectionTable({ ...described.choice, candidates })).map((row) => row["chosen"]);
    expect(chosen).toEqual(["yes", "", "", "", "", ""]);
    expect(rows[0]["silhouette"]).toBe(described.choice.candidates[0].silhouette);
    expect(rows[0]).not.toHaveProperty("silhouetteDeviation");
  });

  test("has the standard deviation of silhouettes where one is estimated", () => {
    const [first, ...others] = described.choice.candidates;
    const table = selectionTable({
      ...described.choice,
      candidates: [{ ...first, silhouetteDeviation: 0.0023 }, ...others],
    });
    expect(tableRecords(table).map((row) => row["silhouetteDeviation"])).toEqual([
      0.0023,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(renderText(table, { locale: "de-DE" })).toMatch(/0,695 +0,002 /);
  });
});

describe("migrationTable", () => {
  const tableOf = (measure: "customers" | "revenue") =>
    migrationTable(migrationCrosstab(described.migration.rule_segment, { measure, names: SEGMENT_NAMES }), {
      ...british,
      measure,
    });

  test("has segments before as rows, segments after as columns, newcomers and sums", () => {
    const table = tableOf("customers");
    expect(table.columns.map(({ name }) => name)).toEqual([
      ...["from", "Champions", "Loyal Customers", "Promising", "New Customers", "Lost/Churned", "total"],
    ]);
    expect(table.rows[0]).toEqual(["Champions", 3, 1, null, null, null, 4]);
    expect(
      renderText(table)
        .split("\n")
        .slice(-2)
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ["New since then", "–", "–", "–", "1", "–", "1"],
      ["All", "4", "1", "4", "1", "5", "15"],
    ]);
  });

  test("writes revenue as whole money", () => {
    expect(renderText(tableOf("revenue"), british).split("\n")[2]).toMatch(
      /^Champions +£8,960 +£1,560 +– +– +– +£10,520$/,
    );
  });
});

test("stayingTable: has shares and days, unknown where all stayed or left", () => {
  const migration = described.migration.rule_segment;
  expect(stayingTable(migration, { before: segmentSizesBefore(migration) }).rows).toEqual([
    // 30 ln 0.5 / ln 0.75 is 72.3, of 0.8 93.2.
    ["Champions", 4, 0.75, expect.closeTo(72.28, 2)],
    ["Loyal Customers", 1, 0, null],
    ["Promising", 5, 0.8, expect.closeTo(93.19, 2)],
    ["Lost/Churned", 4, 1, null],
  ]);
});

test("moversTable: has destinations with customers and revenue, and names nobody", () => {
  const table = moversTable(moverFlows(described.movers), british);
  expect(table.rows).toEqual([["Champions", "Loyal Customers", 1, 1560, 1560]]);
  expect(JSON.stringify(table)).not.toContain("a5");
  expect(moversTable([]).rows).toEqual([]);
});

test("strategyTable: has the words of the strategies, contactable customers, and the budget to the cent if need be", () => {
  const customers = {
    ...{ customerId: ["a", "b", "c"], segment: ["At Risk", "At Risk", "Champions"] },
    ...{ recencyDays: [1, 2, 3], frequency: [1, 2, 3], monetary: [1, 2, 3], consent: [true, false, true] },
  };
  const lists = SEGMENT_NAMES.map((name) => targetList(customers, name, { plainIds: true }));
  const profiles = [{ ...described.profiles[0], name: "At Risk", customers: 2 }];
  const own = { ...standardStrategies, "At Risk": { ...standardStrategies["At Risk"], campaign: "Call them" } };
  const tableOf = (budget: number) =>
    strategyTable(strategiesWithBudget({ profiles, lists }, { strategies: own, budget }));
  expect(tableRecords(tableOf(1500))[0]).toMatchObject({
    ...{ segment: "At Risk", priority: "Critical", goal: own["At Risk"].goal, campaign: "Call them" },
    ...{ customers: 2, contactable: 1 },
  });
  const amounts = (budget: number) =>
    renderText(tableOf(budget), british)
      .split("\n")
      .slice(2, 5)
      .map((line) => /£[\d.]+/.exec(line)?.[0]);
  expect(amounts(1400)).toEqual(["£800", "£600", "£0"]);
  expect(amounts(0.7)).toEqual(["£0.40", "£0.30", "£0.00"]);
});

test("both tables of segments say that consent is unknown where the dataset does not record it", () => {
  const customers = { customerId: ["a"], segment: ["At Risk"], recencyDays: [1], frequency: [1], monetary: [1] };
  const titles = (consent: readonly boolean[] | undefined) => {
    const lists = [targetList({ ...customers, ...(consent ? { consent } : {}) }, "At Risk", { plainIds: true })];
    const strategies = strategiesWithBudget(
      { profiles: described.profiles, lists },
      { strategies: standardStrategies, budget: 0 },
    );
    return [strategyTable(strategies), ruleSegmentTable({ ruleProfiles: [], strategies })].map(
      ({ columns }) => columns.find(({ name }) => name === "contactable")?.title,
    );
  };
  expect(titles([true])).toEqual(["May be contacted", "May be contacted"]);
  expect(titles(undefined)).toEqual(["Consent unknown", "Consent unknown"]);
});

test("refitTable and retrainTable: have how far centres moved, and what each rule found", () => {
  const shifts = [{ cluster: "Champions", shift: 0.25 }];
  expect(refitTable({ shifts }).rows).toEqual([["Champions", 0.25]]);
  const { rows } = retrainTable(described.verdict, german);
  expect(rows.map(([rule, fired]) => [rule, fired])).toEqual([
    ["age", "no"],
    ["sizes", "no"],
    ["silhouette", "no"],
  ]);
  expect(rows[2][2]).toBe("The silhouette is 0,55, not below 0,30.");
});

test("tables of segments show in notebooks by the dataset's conventions", () => {
  const table = profileTable(described.profiles, german) as unknown as Record<symbol, () => Record<string, string>>;
  expect(table[DISPLAY]()["text/html"]).toContain("160,00\u00a0€");
});
