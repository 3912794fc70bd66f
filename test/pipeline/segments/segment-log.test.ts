import { describe, expect, test } from "vitest";
import {
  logCandidates,
  segmentLines,
  segmentMetrics,
  verdictInWords,
} from "../../../src/pipeline/segments/segment-log.js";
import { type Selection, selectionRemarks, selectionTable } from "../../../src/pipeline/segments/selection-table.js";
import { retrainVerdict } from "../../../src/segmentation/index.js";
import { describedByHand } from "./hand-made.js";

// Expected values are worked out by hand from the rows of hand-made.ts.
const described = describedByHand();
const settings = { locale: "en-GB", currency: "GBP" };
const lines = segmentLines(described, settings);

describe("the log", () => {
  test("begins with the table of numbers of clusters", () => {
    const end = lines.findIndex((line) => line.startsWith("Elbow"));
    expect(lines[0]).toMatch(
      /^k +inertia +elbow +silhouette +verdict +Davies-Bouldin +smallest +stability +names +chosen +why$/,
    );
    expect(lines.slice(1, end).map((line) => line.slice(0, 1))).toEqual(["3", "4", "5", "6", "7", "8"]);
    expect(lines.slice(1, end).filter((line) => / yes +(asked for|largest)/.test(line))).toEqual([lines[1]]);
    expect(lines[1]).toMatch(/^3 +2\.9 +0\.695 +good +0\.342 +28\.6% +0\.98 +3 of 3 +yes +asked for/);
  });

  test("has what was selected, and each segment with means, size and revenue", () => {
    const start = lines.indexOf("Elbow: K = 4");
    expect(lines.slice(start + 1, start + 5)).toEqual([
      "Selected K = 3",
      `Silhouette Score: ${described.model.metrics["silhouette"].toFixed(4)} (good)`,
      `Davies-Bouldin Index: ${described.model.metrics["davies_bouldin"].toFixed(4)}`,
      `Inertia: ${described.model.metrics["inertia"].toFixed(2)}`,
    ]);
    const champions = lines.indexOf("Segment 0 - Champions:");
    expect(lines.slice(champions + 1, champions + 6)).toEqual([
      "  Size: 5 (33.3%)",
      "  Avg Recency: 17.6 days",
      "  Avg Frequency: 15.0 transactions",
      "  Avg Monetary: £160.00",
      // The sum of the orders, not size times the average order.
      "  Total Revenue: £12,320.00",
    ]);
    expect(lines[lines.indexOf("Too few orders:") + 1]).toBe("  Size: 1 (6.7%)");
  });

  test("ends with sizes that changed, the refit, and whether to fit anew", () => {
    expect(lines.slice(-3)).toEqual([
      "No segment drift. 2 more changed by over 20%, but have too few customers to tell that from chance.",
      "Fitted on the customers of 2026-01-01, segments agree for 92.9%",
      "Clusters fitted on 2026-01-01 would still do: No segment changed in size by more than 20% and more than chance explains. The silhouette is 0.55, not below 0.30.",
    ]);
  });

  test("says of a fit that was handed in how old it is, and of any why it will not do", () => {
    const words = (given: boolean, facts: { daysSinceFit: number | null; silhouette: number }) =>
      verdictInWords({
        judged: { asOf: "2025-12-01", given, silhouette: facts.silhouette },
        verdict: retrainVerdict({ ...facts, sizesDrifted: false }),
      });
    const sizes = "No segment changed in size by more than 20% and more than chance explains.";
    expect(words(true, { daysSinceFit: 3, silhouette: 0.55 })).toBe(
      `The given clusters, fitted on 2025-12-01, are still good: The fit is 3 days old, 30 is the limit. ${sizes} The silhouette is 0.55, not below 0.30.`,
    );
    expect(words(true, { daysSinceFit: 30, silhouette: 0.55 })).toBe(
      "The given clusters, fitted on 2025-12-01, are due to be fitted anew: The fit is 30 days old, 30 is the limit.",
    );
    expect(words(false, { daysSinceFit: null, silhouette: 0.2 })).toBe(
      "Clusters fitted on 2025-12-01 would no longer do: The silhouette is 0.20, below 0.30.",
    );
  });

  test("writes numbers as the dataset's country does, but for indices", () => {
    const german = { locale: "de-DE", currency: "EUR" };
    const text = segmentLines(describedByHand(german), german).join("\n").replaceAll("\u00a0", " ");
    expect(text).toContain("  Size: 5 (33,3 %)\n  Avg Recency: 17,6 days\n");
    expect(text).toContain("  Avg Monetary: 160,00 €\n  Total Revenue: 12.320,00 €\n");
    expect(text).toContain("segments agree for 92,9 %");
    expect(text).toMatch(/\nSilhouette Score: 0\.\d{4} \(good\)\n/);
    const { why } = describedByHand(german).verdict.rules[2];
    expect(why).toBe("The silhouette is 0,55, not below 0,30.");
  });
});

describe("the table of numbers of clusters", () => {
  test("says how sure a silhouette is only where it was estimated, and on how many customers stability was", () => {
    expect(selectionTable(described).map((row) => row["silhouette"])[0]).toBe("0.695");
    expect(selectionRemarks(described)).toEqual(["Elbow: K = 4"]);
    const estimated: Selection = {
      model: { ...described.model, metrics: { customers: 23_570 } },
      choice: {
        ...described.choice,
        knee: null,
        candidates: described.choice.candidates.map((one) => ({
          ...one,
          admissible: true,
          silhouetteDeviation: 0.0023,
          stabilityRows: 10_000,
        })),
      },
    };
    expect(selectionTable(estimated, { locale: "de-DE" })[0]["silhouette"]).toBe("0,695 ± 0,002");
    expect(selectionTable(estimated).map((row) => row["chosen"])).toEqual(["yes", "", "", "", "", ""]);
    expect(selectionRemarks(estimated)).toEqual([
      "Elbow: none, the inertia falls smoothly",
      "Silhouettes are estimated on a part of the customers; ± is one standard deviation of the estimate",
      "Stability is that of a random 10,000 of the 23,570 customers",
    ]);
  });
});

describe("what a run is remembered by", () => {
  test("is the chosen fit, who was left out, drift and the verdict", () => {
    expect(segmentMetrics({ ...described, withoutConsent: 3 })).toEqual({
      ...described.model.metrics,
      ...{ customers: 14, k: 3, too_few_orders: 1, overdue_loyal: 0, segment_drift: 0 },
      ...{ refit_agreement: 13 / 14, retrain: 0, without_consent: 3 },
    });
  });

  test("is each number of clusters, as a step", async () => {
    const logged: [number, Record<string, number>][] = [];
    await logCandidates(
      {
        logMetrics: async (metrics, { step }) => {
          logged.push([step, metrics]);
        },
      },
      described,
    );
    expect(logged.map(([step]) => step)).toEqual([3, 4, 5, 6, 7, 8]);
    const [three, four] = described.choice.candidates;
    expect(logged[0][1]).toEqual({
      ...{ k_inertia: three.inertia, k_silhouette: three.silhouette, k_davies_bouldin: three.daviesBouldin },
      ...{ k_stability_ari: three.stability, k_smallest_share: 4 / 14, k_distinct_names: 3 },
    });
    expect(logged[1][1]).toMatchObject({ k_inertia: four.inertia, k_smallest_share: 2 / 14, k_distinct_names: 3 });
  });
});
