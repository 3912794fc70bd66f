import { describe, expect, test } from "vitest";
import { segmentSummary } from "../../../src/reports/index.js";
import { describedByHand, strategiesByHand } from "../../segmentation/hand-made.js";

// Expected values are worked out by hand from the rows of hand-made.ts.
const described = await describedByHand();
const settings = { locale: "en-GB", currency: "GBP" };
const rules = { now: [] };
const shown = { rules, ruleChecks: [], idColumn: "contact_key" } as const;
const lines = segmentSummary({ ...described, strategies: strategiesByHand(described), ...shown }, settings);

describe("lines on segments", () => {
  test("begins with the segments by rule, which lists go by, and says how to get customer ids", () => {
    const start = lines.findIndex((line) => line.startsWith("SEGMENTS"));
    expect(lines[start]).toBe(
      "SEGMENTS, by rule: lists, strategies, budget, movement and experiments go by these. Days, orders and amounts are medians",
    );
    expect(lines.slice(start + 1, start + 10).map((line) => line.replace(/ {2,}/g, " | "))).toEqual([
      "Segment | Customers | Share | Days since last order | Orders | Average order value | Share of revenue | May be contacted",
      "Champions | 4 | 26.7% | 13 | 15 | £165.00 | 79.0% | 3",
      "Loyal Customers | 1 | 6.7% | 33 | 13 | £120.00 | 11.5% | 1",
      "Promising | 4 | 26.7% | 38 | 4 | £50.00 | 5.9% | 4",
      "New Customers | 1 | 6.7% | 12 | 1 | £90.00 | 0.7% | 1",
      "Need Attention | 0 | 0.0% | – | – | – | 0.0% | 0",
      "At Risk | 0 | 0.0% | – | – | – | 0.0% | 0",
      "Hibernating | 0 | 0.0% | – | – | – | 0.0% | 0",
      "Lost/Churned | 5 | 33.3% | 250 | 2 | £25.00 | 2.9% | 4",
    ]);
    expect(start).toBe(1);
    // Nobody is overdue, and no one lost ordered lately.
    expect(lines.slice(start + 10, start + 13)).toEqual([
      "Sizes of segments by rule since 2026-01-01: No segment drift. New Customers and Promising changed by over 20%, but have too few customers to rule out chance.",
      "The lists name customers by contact_key, a pseudonym; --plain-ids writes customer_id instead",
      "",
    ]);
    const plain = segmentSummary(
      { ...described, strategies: strategiesByHand(described), ...shown, idColumn: "customer_id" },
      settings,
    );
    expect(plain.join("\n")).not.toContain("pseudonym");
  });

  test("then has the clusters: the table of their numbers, and that they are not for target lists", () => {
    const start = lines.findIndex((line) => line.startsWith("CLUSTERS"));
    const end = lines.findIndex((line) => line.startsWith("Elbow"));
    expect(start).toBeGreaterThan(lines.findIndex((line) => line.startsWith("SEGMENTS")));
    expect(lines.slice(start - 1, start + 1)).toEqual([
      "",
      "CLUSTERS, by k-means in recency_days, frequency, monetary: for analysis, not for target lists. Figures are means",
    ]);
    expect(lines[start + 1]).toMatch(
      /^K +Inertia +Elbow +Silhouette +Verdict +Davies-Bouldin +Smallest +Stability +Chosen +Why$/,
    );
    expect(lines.slice(start + 2, end).map((line) => line.slice(0, 1))).toEqual(["3", "4", "5", "6", "7", "8"]);
    expect(lines.slice(start + 2, end).filter((line) => / yes +(requested|most)/.test(line))).toEqual([
      lines[start + 2],
    ]);
    expect(lines[start + 2]).toMatch(/^3 +2\.9 +0\.695 +good +0\.342 +28\.6% +0\.98 +yes +requested/);
  });

  test("has what was selected, and each cluster with size, means and revenue", () => {
    const start = lines.indexOf("Elbow: K = 4") + 1;
    expect(lines[start]).toMatch(/^Warning: /);
    expect(lines.slice(start + 1, start + 5)).toEqual([
      "Selected K = 3",
      `Silhouette Score: ${described.model.metrics["silhouette"].toFixed(4)} (good)`,
      `Davies-Bouldin Index: ${described.model.metrics["davies_bouldin"].toFixed(4)}`,
      `Inertia: ${described.model.metrics["inertia"].toFixed(2)}`,
    ]);
    const champions = lines.indexOf("Cluster 0 - Champions:");
    expect(lines.slice(champions + 1, champions + 7)).toEqual([
      "  Customers: 5 (33.3%)",
      "  Recency: 17.6 days since last order",
      "  Frequency: 15.0 orders",
      // What a customer spent in total, as the column `monetary` has it.
      "  Monetary: £2,464.00 total spend",
      "  Average order value: £160.00",
      // The sum of the orders, not size times the average order.
      "  Revenue: £12,320.00",
    ]);
    expect(lines[lines.indexOf("Too few orders:") + 1]).toBe("  Customers: 1 (6.7%)");
  });

  test("ends with the refit and the retrain verdict", () => {
    expect(lines.slice(-2)).toEqual([
      "92.9% of customers keep their cluster if the model fitted on 2026-01-01 is used instead",
      "Clusters fitted on 2026-01-01 still fit today's customers: No cluster changed in size by more than 20% and more than chance explains. The silhouette is 0.55, not below 0.30.",
    ]);
  });

  test("writes numbers as the dataset's country does", async () => {
    const german = { locale: "de-DE", currency: "EUR" };
    const own = await describedByHand();
    const text = segmentSummary({ ...own, strategies: strategiesByHand(own), ...shown }, german)
      .join("\n")
      .replaceAll("\u00a0", " ");
    expect(text).toContain("  Customers: 5 (33,3 %)\n  Recency: 17,6 days since last order\n");
    expect(text).toContain("  Average order value: 160,00 €\n  Revenue: 12.320,00 €\n");
    expect(text).toContain("92,9 % of customers keep their cluster");
    expect(text).toMatch(/\nSilhouette Score: 0,\d{4} \(good\)\nDavies-Bouldin Index: 0,\d{4}\nInertia: \d+,\d\d\n/);
    expect(text).toContain("The silhouette is 0,55, not below 0,30.");
  });
});
