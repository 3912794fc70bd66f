import { expect, test } from "vitest";
import { planJson, planMarkdown, planRows } from "../../../src/pipeline/experiments/plan-files.js";
import type { PlannedExperiment } from "../../../src/pipeline/experiments/planned-experiment.js";
import { type PlanColumns, planExperiment } from "../../../src/strategy/index.js";

const settings = { locale: "en-GB", currency: "GBP" };
const spend = Array.from({ length: 200 }, (_, i) => (i % 2 ? 10 + i : 0));

/** A plan as the stage gives it. */
function planned(
  changes: Partial<PlannedExperiment> = {},
  columns: PlanColumns = { spend, spendBefore: spend.map((_, i) => i % 7) },
) {
  const winsorizeAt = changes.winsorizeAt ?? 0.995;
  const value: PlannedExperiment = {
    plan: planExperiment(columns, { customers: 484, winsorizeAt, relativeEffect: 0.025, alpha: 0.01 }),
    segment: "At Risk",
    asOf: "2026-02-28",
    horizonDays: 90,
    beforeDays: 180,
    winsorizeAt,
    participants: {
      ...{ ids: new Array(484).fill("id"), refused: 1680, unknownConsent: 89, consentKnown: true },
      ...{ recencyDays: new Float64Array(), orders: new Float64Array(), spend: new Float64Array() },
    },
    base: { asOf: "2025-11-30", customers: 1200 },
    settings,
    inWords: "What can be seen.",
    ...changes,
  };
  return value;
}

test("the page has the plan in words, its table, and where the numbers come from", () => {
  const page = planMarkdown(planned(), settings);
  expect(page.startsWith("# Plan of a test: At Risk\n\nWhat can be seen.\n\n| measure | without campaign |")).toBe(
    true,
  );
  expect(page).toContain("| each group for +2.5% |");
  expect(page.slice(page.indexOf("\\*"))).toBe(
    [
      "\\* shows the smallest change of spend.",
      "",
      '- As of 2026-02-28 "At Risk" has 2,253 customers, of whom 484 may take part: 1,680 refused marketing, 89 gave no answer.',
      "- The test runs 90 days. What happens without a campaign is what the 1,200 customers who were in it on 2025-11-30 bought in the 90 days to 2026-02-28.",
      "- Past spend is that of the 180 days before these (CUPED).",
      "- Outliers are amounts that 0.5% of the customers exceed: they count as the largest that the others spent (winsorized).",
      '- If the campaign changes nothing, the test will call chance a difference 1% of the time; a rise to what is "visible from" it will see 80% of the time.',
      "",
    ].join("\n"),
  );
});

test("says nothing of consent, cuts or past spend where there is none", () => {
  const participants = { ...planned().participants, refused: 0, unknownConsent: 0, consentKnown: false };
  const changes = { segment: "everyone", participants, winsorizeAt: 1 };
  const page = planMarkdown(planned(changes, { spend }), settings);
  expect(page).toContain(
    "- As of 2026-02-28 there are 484 customers; the dataset does not say who agreed to marketing, so all may take part.\n",
  );
  expect(page).toContain("what the 1,200 customers of 2025-11-30 bought");
  expect(page).not.toMatch(/refused|Past spend|Outliers|winsorized|CUPED/);
});

test("the table names each way, and what would not be seen", () => {
  const [conversion, ...ways] = planRows(planned().plan, settings);
  expect(conversion).toMatchObject({ measure: "share of buyers", "without campaign": "50.0%" });
  expect(ways.map((row) => row["measure"].replace(" *", ""))).toEqual([
    "spend per customer",
    "spend per customer, past spend used",
    "spend, outliers cut",
    "spend, outliers cut, past spend used",
  ]);
  expect(ways.filter((row) => row["measure"].endsWith(" *"))).toHaveLength(1);
  const all = planRows(planExperiment({ spend: [5, 6, 7, 8] }, { customers: 400 }), settings)[0];
  expect(all).toMatchObject({ "visible from": "none", rise: "", "each group for +5%": "" });
});

test("the file has what the command was asked, and the plan", () => {
  const json = JSON.parse(planJson(planned(), { dataset: "shop", basis: "rule" }));
  expect(json).toMatchObject({ dataset: "shop", by: "rule", relative_effect: 0.025, alpha: 0.01, winsorize: 0.995 });
  expect(json).toMatchObject({
    test: 242,
    control: 242,
    refused: 1680,
    unknown_consent: 89,
    in_words: "What can be seen.",
  });
  expect(json.measures).toHaveLength(5);
});
