import { expect, test } from "vitest";
import { planJson } from "../../../src/pipeline/artifacts/experiment-plan.js";
import { plannedExample } from "../../reports/experiments/examples.js";

test("plan.json: the request, the audience and one entry per measure", () => {
  const json = JSON.parse(planJson(plannedExample(), { dataset: "shop", sentences: "What can be detected." }));
  expect(json).toMatchObject({ dataset: "shop", by: "rule", relative_effect: 0.025, alpha: 0.01, winsorize: 0.995 });
  expect(json).toMatchObject({ test: 242, control: 242, customers: 484, refused: 1680, unknown_consent: 89 });
  expect(json).toMatchObject({ base: { as_of: "2025-11-30", customers: 1200 }, in_words: "What can be detected." });
  expect(Object.keys(json.measures[4])).toEqual(["measure", "cuped", "mean", "needed_per_arm", "detectable"]);
});
