import { describe, expect, test } from "vitest";
import { clusterCountRemark, refitInWords, ruleRemarks, verdictInWords } from "../../../src/reports/index.js";
import { type ClusterCountCandidate, clusterCountRemarks, retrainVerdict } from "../../../src/segmentation/index.js";
import { numberTexts } from "../../../src/table/index.js";
import { describedByHand } from "../../segmentation/hand-made.js";

const described = await describedByHand();
const texts = numberTexts({ locale: "en-GB", currency: "GBP" });

const remarksOf = (choice: Parameters<typeof clusterCountRemarks>[0], customers: number) =>
  clusterCountRemarks(choice, customers).map((remark) => clusterCountRemark(remark, texts));

test("remarks on numbers of clusters: estimates are said only where there are any", () => {
  expect(remarksOf(described.choice, 14)[0]).toBe("Elbow: K = 4");
  expect(remarksOf(described.choice, 14).join()).not.toMatch(/estimated|random/);
  const candidates = described.choice.candidates.map((one) => ({
    ...one,
    admissible: true,
    silhouetteDeviation: 0.0023,
    stabilityRows: 50_000,
  }));
  expect(remarksOf({ knee: null, candidates }, 123_570)).toEqual([
    "Elbow: none, the inertia falls smoothly",
    "Silhouettes are estimated on a part of the customers; ± is one standard deviation of the estimate",
    "Stability is that of a random 50,000 of the 123,570 customers",
  ]);
});

describe("warning of unreliable clusters", () => {
  const warningOf = (customers: number, { admissible = true } = {}) => {
    const [first, ...others] = described.choice.candidates;
    const checks = [{ rule: "stability", value: 0.5, limit: 0.8, passed: admissible }] as const;
    const reason = { kind: "fewest-failures" } as const;
    const chosen = { ...first, smallestShare: 0.1, stabilityRows: customers, admissible, checks, reason };
    const candidates: ClusterCountCandidate[] = [chosen, ...others.map((one) => ({ ...one, smallestShare: 0.001 }))];
    return remarksOf({ ...described.choice, candidates }, customers).find((line) => line.startsWith("Warning"));
  };

  test("no warning where the number is admissible and each cluster has 30 customers", () => {
    expect(warningOf(5000)).toBe(undefined);
    expect(warningOf(300)).toBe(undefined);
  });

  test("says what speaks against the selected number, and how few the smallest has", () => {
    const end = "Do not rely on these clusters; segments by rule do not depend on them";
    expect(warningOf(290)).toBe(`Warning: K = 3: the smallest has 29 of the 290 customers. ${end}`);
    const why = "no number passes every check; fewest failures: stability 0.50, minimum 0.80";
    expect(warningOf(5000, { admissible: false })).toBe(`Warning: K = 3: ${why}. ${end}`);
    expect(warningOf(290, { admissible: false })).toContain(`${why}; the smallest has 29`);
  });
});

describe("customers whom the rules give an unexpected name", () => {
  const remarks = (overdueLoyal: number, recentLost: number, fitted = {}) =>
    ruleRemarks(
      {
        model: { ...described.model, ...fitted },
        now: { rules: { ...described.now.rules, overdueLoyal, recentLost } },
      },
      texts,
    );

  test("are named with a remedy, only where there are any", () => {
    expect(remarks(0, 0)).toEqual([]);
    expect(remarks(1, 0)).toEqual([
      "1 of the 1 Loyal Customers did not order in the last 60 days; --rules strict calls them At Risk",
    ]);
    expect(remarks(0, 2)).toEqual([
      "2 of the 5 Lost/Churned ordered in the last 60 days and fit no other rule; --rules strict says Need Attention",
    ]);
    expect(remarks(1, 2)).toHaveLength(2);
  });

  test("are named without a remedy where rules are fitted, since strict ones have other limits", () => {
    expect(remarks(1, 0, { rulesAsOf: "2026-01-31" })).toEqual([
      "1 of the 1 Loyal Customers did not order in the last 60 days",
    ]);
  });
});

test("verdictInWords: says of a given fit how old it is, and of any why it no longer fits", () => {
  const words = (given: boolean, facts: { daysSinceFit: number | null; silhouette: number }) =>
    verdictInWords(
      { judged: { asOf: "2025-12-01", given }, verdict: retrainVerdict({ ...facts, sizesDrifted: false }) },
      texts,
    );
  const sizes = "No cluster changed in size by more than 20% and more than chance explains.";
  expect(words(true, { daysSinceFit: 3, silhouette: 0.55 })).toBe(
    `The given clusters, fitted on 2025-12-01, are still good: The fit is 3 days old; the limit is 30. ${sizes} The silhouette is 0.55, not below 0.30.`,
  );
  expect(words(true, { daysSinceFit: 30, silhouette: 0.55 })).toBe(
    "The given clusters, fitted on 2025-12-01, should be refitted: The fit is 30 days old; the limit is 30.",
  );
  expect(words(false, { daysSinceFit: null, silhouette: 0.2 })).toBe(
    "Clusters fitted on 2025-12-01 no longer fit today's customers: The silhouette is 0.20, below 0.30.",
  );
});

test("refitInWords: names the share and the day", () => {
  expect(refitInWords({ agreement: 13 / 14 }, texts, { asOf: "2026-01-01" })).toBe(
    "92.9% of customers keep their cluster if the model fitted on 2026-01-01 is used instead",
  );
});
