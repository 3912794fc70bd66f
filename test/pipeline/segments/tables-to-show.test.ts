import { describe, expect, test } from "vitest";
import { moversTable } from "../../../src/pipeline/segments/movers-table.js";
import { profileTable } from "../../../src/pipeline/segments/profile-table.js";
import { stayingTable } from "../../../src/pipeline/segments/staying-table.js";
import { strategyTable } from "../../../src/pipeline/segments/strategy-table.js";
import { strategiesWithBudget } from "../../../src/strategy/budget/apply-strategies.js";
import { standardStrategies, targetList } from "../../../src/strategy/index.js";
import { SEGMENT_NAMES } from "../../../src/text/segment-names.js";
import { describedByHand } from "./hand-made.js";

// Expected values are worked out by hand from the rows of hand-made.ts.
const described = await describedByHand();
const british = { locale: "en-GB", currency: "GBP" };
const german = { locale: "de-DE", currency: "EUR" };

describe("tables that notebooks show", () => {
  test("clusters have sizes, shares, and the customer in their middle", () => {
    const row = (...texts: string[]) => {
      const names = ["cluster", "customers", "share", "share of revenue", "days away", "orders", "per order"];
      return Object.fromEntries(names.map((name, i) => [name, texts[i]]));
    };
    expect(profileTable(described.profiles, british)).toEqual([
      row("Too few orders", "1", "6.7%", "0.7%", "12", "1", "£90.00"),
      row("Champions", "5", "33.3%", "90.5%", "15", "14", "£160.00"),
      row("Promising", "5", "33.3%", "7.4%", "40", "4", "£50.00"),
      row("Lost/Churned", "4", "26.7%", "1.4%", "265", "2", "£22.50"),
    ]);
    expect(profileTable(described.profiles, german)[3]).toMatchObject({ "per order": "22,50\u00a0€" });
    const [first] = described.profiles;
    const centres = { ...first.centres, frequency: { mean: 2, median: 2.5 } };
    expect(profileTable([{ ...first, centres }], german)[0]).toMatchObject({ orders: "2,5" });
  });

  test("segments have how long customers stay, in the order asked for", () => {
    const row = (segment: string, before: string, stayed: string, gone: string) => ({
      ...{ segment, before, stayed, "half are gone": gone },
    });
    const table = stayingTable(described.migration.rule_segment, { names: SEGMENT_NAMES, ...british });
    // 30 ln 0.5 / ln 0.75 is 72.3, of 0.8 93.2.
    expect(table).toEqual([
      row("Champions", "4", "75.0%", "after 72 days"),
      row("Loyal Customers", "1", "0.0%", "all left"),
      row("Promising", "5", "80.0%", "after 93 days"),
      row("Lost/Churned", "4", "100.0%", "nobody left"),
    ]);
  });

  test("those who vanished were there before, and did not stay", () => {
    const migration = {
      flows: [{ from: "Champions", to: "Champions", customers: 3, revenue: 1 }],
      vanished: { Champions: 1 },
      stayed: { Champions: 0.75 },
      halfLifeDays: { Champions: 72.3 },
    };
    expect(stayingTable(migration, { names: ["Champions"] })[0]).toMatchObject({ before: "4", stayed: "75.0%" });
  });

  test("movers are counted by where they are, most revenue first, and not named", () => {
    const mover = (to: string, revenue: number) => ({ customerId: "17850", from: "Champions", to, revenue });
    const table = moversTable([mover("Promising", 10), mover("Loyal Customers", 900), mover("Promising", 30)], british);
    expect(table).toEqual([
      { from: "Champions", to: "Loyal Customers", customers: "1", revenue: "£900", each: "£900" },
      { from: "Champions", to: "Promising", customers: "2", revenue: "£40", each: "£20" },
    ]);
    expect(JSON.stringify(table)).not.toContain("17850");
    expect(moversTable(described.movers, british)).toMatchObject([{ to: "Loyal Customers", revenue: "£1,560" }]);
    expect(moversTable([])).toEqual([]);
  });

  test("strategies have the file's own words, who may be contacted, and the budget", () => {
    const customers = {
      ...{ customerId: ["a", "b", "c"], segment: ["At Risk", "At Risk", "Champions"] },
      ...{ recencyDays: [1, 2, 3], orders: [1, 2, 3], monetary: [1, 2, 3], consent: [true, false, true] },
    };
    const lists = SEGMENT_NAMES.map((name) => targetList(customers, name, { plainIds: true }));
    const profiles = [{ ...described.profiles[0], name: "At Risk", customers: 2 }];
    const own = { ...standardStrategies, "At Risk": { ...standardStrategies["At Risk"], campaign: "Ring them" } };
    const [atRisk] = strategyTable(
      strategiesWithBudget({ profiles, lists }, { strategies: own, budget: 1500 }),
      german,
    );
    expect(atRisk).toMatchObject({
      ...{ segment: "At Risk", priority: "Critical", goal: own["At Risk"].goal, campaign: "Ring them" },
      ...{ customers: "2", "may be contacted": "1" },
    });
    const amounts = (budget: number) =>
      strategyTable(strategiesWithBudget({ profiles, lists }, { strategies: own, budget }), british).map(
        (row) => row["budget"],
      );
    expect(amounts(1400).slice(0, 3)).toEqual(["£800", "£600", "£0"]);
    expect(amounts(0.7).slice(0, 3)).toEqual(["£0.40", "£0.30", "£0.00"]);
  });
});
