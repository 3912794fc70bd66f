import { describe, expect, test } from "vitest";
import {
  candidateTable,
  clusterCountReason,
  driftFacts,
  flowTable,
  summaryTable,
  transitionTable,
} from "../../../src/reports/index.js";
import { describeSegments, transitionMatrix } from "../../../src/segmentation/index.js";
import { type DataTable, numberTexts, renderCsv } from "../../../src/table/index.js";
import { parseDelimited, SEGMENT_NAMES } from "../../../src/text/index.js";
import { describedByHand, segmentedByHand } from "../../segmentation/hand-made.js";

/** Rows of a table as its file has them: texts by column. */
function rowsOf(table: DataTable): Record<string, string>[] {
  const { header, rows } = parseDelimited(renderCsv(table), { what: "a table" });
  return rows.map(({ fields }) => Object.fromEntries(header.map((name, i) => [name, fields[i]])));
}

const british = { locale: "en-GB", currency: "GBP" };

// Expected values are worked out by hand from the rows of hand-made.ts.
const described = await describedByHand();
const settings = { locale: "en-GB", currency: "GBP" };

describe("the summary of segments", () => {
  const rows = rowsOf(summaryTable(described.profiles, settings));
  const by = Object.fromEntries(rows.map((row) => [row["segment_name"], row]));

  test("has sizes, and shares of all customers and of all revenue", () => {
    expect(rows.map((row) => [row["segment"], row["segment_name"], row["customers"], row["revenue"]])).toEqual([
      ["-1", "Too few orders", "1", "90"],
      ["0", "Champions", "5", "12320"],
      ["1", "Promising", "5", "1010"],
      ["2", "Lost/Churned", "4", "195"],
    ]);
    expect(rows.map((row) => Number(row["share"]))).toEqual([1 / 15, 5 / 15, 5 / 15, 4 / 15]);
    expect(rows.map((row) => Number(row["revenue_share"]))).toEqual([
      90 / 13_615,
      12_320 / 13_615,
      1010 / 13_615,
      195 / 13_615,
    ]);
  });

  test("has means and medians by the names of the feature store", () => {
    expect(by["Champions"]).toMatchObject({
      ...{ mean_recency_days: "17.6", median_recency_days: "15", mean_frequency: "15", median_frequency: "14" },
      ...{ mean_avg_basket_value: "160", median_avg_basket_value: "160", mean_monetary: "2464" },
      ...{ median_monetary: "2240", mean_days_since_first_purchase: "500", median_days_since_first_purchase: "500" },
      ...{ mean_engagement_score: "0.7", median_engagement_score: "0.7" },
    });
    expect(by["Lost/Churned"]).toMatchObject({
      ...{ mean_recency_days: "257.5", median_recency_days: "265", mean_frequency: "2.25", median_frequency: "2" },
      ...{ mean_avg_basket_value: "21.25", median_avg_basket_value: "22.5", mean_monetary: "48.75" },
      ...{ median_monetary: "50" },
    });
    // Nobody knows of returns.
    expect(by["Champions"]).toMatchObject({ mean_return_rate: "", median_return_rate: "" });
  });

  test("says what sets each apart, and what its customers buy, the most first", () => {
    expect(rows.map((row) => row["top_categories"])).toEqual(["", "Books; Toys", "", "Toys"]);
    expect(by["Champions"]["distinguished_by"]).toBe("frequency 1.31; monetary 1.29; engagement_score 1.24");
    expect(by["Lost/Churned"]["in_words"]).toBe(
      "26.7% of the customers bring 1.4% of the revenue. They have been away much longer, spend much less per order and bring much less revenue each than the average customer. They buy most in Toys.",
    );
  });

  test("writes words in one notation, whatever the locale", () => {
    const [, champions] = rowsOf(summaryTable(described.profiles, { locale: "de-DE", currency: "EUR" }));
    expect(champions["in_words"]).toContain("33.3% of the customers bring 90.5% of the revenue.");
    expect(champions["revenue"]).toBe("12320");
  });

  test("by rules has the rules' segments in their order", () => {
    const byRule = rowsOf(summaryTable(described.ruleProfiles, settings));
    expect(byRule.map((row) => [row["segment"], row["segment_name"], row["customers"], row["revenue"]])).toEqual([
      ["0", "Champions", "4", "10760"],
      ["1", "Loyal Customers", "1", "1560"],
      ["4", "New Customers", "1", "90"],
      ["5", "Promising", "4", "810"],
      ["7", "Lost/Churned", "5", "395"],
    ]);
  });
});

describe("the table of numbers of clusters", () => {
  const rows = rowsOf(candidateTable(described.choice, british));
  const { candidates, knee } = described.choice;

  test("has every candidate's own facts, in the order of k", () => {
    expect(rows.map((row) => row["k"])).toEqual(["3", "4", "5", "6", "7", "8"]);
    // More clusters than segments share names.
    const changed = candidates.map((one) => (one.k === 5 ? { ...one, names: ["A", "A", "B", "C", "D"] } : one));
    const choice = { ...described.choice, candidates: changed };
    for (const [i, row] of rowsOf(candidateTable(choice, british)).entries()) {
      const one = changed[i];
      expect(row).toEqual({
        ...{ k: String(one.k), inertia: String(one.inertia), silhouette: String(one.silhouette) },
        ...{ davies_bouldin: String(one.daviesBouldin), smallest_share: String(one.smallestShare) },
        ...{ stability_ari: String(one.stability), distinct_names: String(one.k !== 5) },
        ...{
          chosen: String(one.chosen),
          why: clusterCountReason(one, numberTexts(british)),
          elbow: String(one.k === knee),
        },
        ...{ silhouette_verdict: one.silhouetteVerdict, silhouette_deviation: String(one.silhouetteDeviation) },
        ...{ stability_rows: String(one.stabilityRows), names: one.names.join("; ") },
      });
    }
  });

  test("marks the one that the model has", () => {
    expect(rows.filter((row) => row["chosen"] === "true").map((row) => row["k"])).toEqual(["3"]);
    expect(described.model.names).toHaveLength(3);
    expect(rows.filter((row) => row["elbow"] === "true").map((row) => row["k"])).toEqual(["4"]);
    expect(rows[0]).toMatchObject({
      ...{ distinct_names: "true", silhouette_verdict: "good", stability_rows: "14", silhouette_deviation: "0" },
      ...{ names: "Lost/Churned; Champions; Promising", smallest_share: String(4 / 14) },
    });
    expect(rows.map((row) => row["distinct_names"])).toEqual(rows.map(() => "true"));
  });
});

describe("the flows between segments", () => {
  test("are unknown where they start nowhere, and have whole names of columns", () => {
    const { columns, rows } = flowTable({ rule_segment: described.migration.rule_segment });
    expect(columns.map(({ name }) => name)).toEqual(
      "basis,from,to,customers,revenue,half_life_days_of_from,stayed_of_from".split(","),
    );
    expect(rows[0]).toEqual(["rule_segment", null, "New Customers", 1, 90, null, null]);
  });

  test("have customers, revenue, and the half-life and the share that stayed of where they begin", () => {
    const rows = rowsOf(flowTable(described.migration));
    const halfLife = (stayed: number) => String((30 * Math.log(0.5)) / Math.log(stayed));
    const row = (basis: string, from: string, to: string, ...rest: string[]) => ({
      ...{ basis, from, to, customers: rest[0], revenue: rest[1] },
      ...{ half_life_days_of_from: rest[2], stayed_of_from: rest[3] },
    });
    expect(rows).toEqual([
      row("rule_segment", "", "New Customers", "1", "90", "", ""),
      row("rule_segment", "Champions", "Champions", "3", "8960", halfLife(0.75), "0.75"),
      row("rule_segment", "Champions", "Loyal Customers", "1", "1560", halfLife(0.75), "0.75"),
      row("rule_segment", "Lost/Churned", "Lost/Churned", "4", "195", "", "1"),
      row("rule_segment", "Loyal Customers", "Champions", "1", "1800", "", "0"),
      row("rule_segment", "Promising", "Lost/Churned", "1", "200", halfLife(0.8), "0.8"),
      row("rule_segment", "Promising", "Promising", "4", "810", halfLife(0.8), "0.8"),
      row("segment_name", "", "Too few orders", "1", "90", "", ""),
      row("segment_name", "Champions", "Champions", "5", "12320", "", "1"),
      row("segment_name", "Lost/Churned", "Lost/Churned", "4", "195", "", "1"),
      row("segment_name", "Promising", "Promising", "5", "1010", "", "1"),
    ]);
  });

  test("as a matrix lose nobody and no revenue, newcomers included", () => {
    const matrix = transitionMatrix(described.migration.rule_segment, SEGMENT_NAMES);
    const rows = rowsOf(transitionTable(matrix, { names: SEGMENT_NAMES }));
    const cell = (measure: string, from: string, to: string) =>
      Number(rows.find((row) => row["measure"] === measure && row["from"] === from)?.[to.toLowerCase()]);
    const sumOf = (measure: string) =>
      rows
        .filter((row) => row["measure"] === measure)
        .flatMap((row) => SEGMENT_NAMES.map((name) => Number(row[name.toLowerCase()])))
        .reduce((sum, value) => sum + value, 0);
    expect(rows).toHaveLength(2 * (SEGMENT_NAMES.length + 1));
    expect([sumOf("customers"), sumOf("revenue")]).toEqual([15, 13_615]);
    expect([cell("customers", "Promising", "Lost/Churned"), cell("revenue", "Promising", "Lost/Churned")]).toEqual([
      1, 200,
    ]);
    expect([cell("customers", "Lost/Churned", "Promising"), cell("revenue", "Lost/Churned", "Promising")]).toEqual([
      0, 0,
    ]);
    expect([cell("customers", "", "New Customers"), cell("revenue", "", "New Customers")]).toEqual([1, 90]);
  });
});

describe("the report on drift", () => {
  const writtenOf = (segments: Parameters<typeof driftFacts>[0]) => JSON.parse(JSON.stringify(driftFacts(segments)));
  const written = writtenOf(described);

  test("has its keys in snake case", () => {
    expect(Object.keys(written)).toEqual(
      "changes,drifted,message,cluster_changes,refit,judged,retrain,rules,reasons".split(","),
    );
    expect(Object.keys(written.changes[0])).toEqual(
      "segment,before,after,size_change,relative_change,grew,noise,drifted".split(","),
    );
    expect(Object.keys(written.cluster_changes[0])).toEqual(Object.keys(written.changes[0]));
    expect(Object.keys(written.refit)).toEqual("customers,agreement,adjusted_rand,silhouette,shifts".split(","));
    expect(written.refit.shifts.map(Object.keys)).toEqual(Array(3).fill(["segment", "shift"]));
    expect(written.judged).toEqual({ as_of: "2026-01-01", given: false, silhouette: written.refit.silhouette });
  });

  test("has the sizes of both days and the retrain verdict", () => {
    const changes = Object.fromEntries(
      written.changes.map(({ segment, ...rest }: Record<string, unknown>) => [segment, rest]),
    );
    expect(changes["Promising"]).toMatchObject({ before: 5, after: 4, size_change: -0.2, grew: false });
    expect(changes["Promising"].relative_change).toBeCloseTo(1 - 4 / 15 / (5 / 14), 12);
    expect(changes["New Customers"]).toMatchObject({ before: 0, after: 1, size_change: null, grew: true });
    // Without the one with too few orders.
    expect(
      written.cluster_changes.map(({ segment, before, after }: Record<string, unknown>) => [segment, before, after]),
    ).toEqual([
      ["Champions", 5, 5],
      ["Lost/Churned", 4, 4],
      ["Promising", 5, 5],
    ]);
    expect(written).toMatchObject({ drifted: false, retrain: false });
    expect(written.reasons).toEqual([]);
    expect(written.refit).toMatchObject({ customers: 14, agreement: 13 / 14 });
  });

  test("has how old a fit is that somebody uses", async () => {
    const judged = { asOf: "2026-01-01", given: true, silhouette: 0.5 };
    const aged = describeSegments({ ...(await segmentedByHand()), judged }, { categorySpend: new Map() });
    const { reasons } = writtenOf(aged);
    expect(reasons).toEqual(["The fit is 30 days old; the limit is 30."]);
  });
});
