import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { planJson, planRecord, readPlan } from "../../../src/pipeline/artifacts/experiment-plan.js";
import { readoutJson, readReadout } from "../../../src/pipeline/artifacts/experiment-readout.js";
import { ARMS, plannedExample, readingExample, USUAL } from "../../reports/experiments/examples.js";

const folder = mkdtempSync(join(tmpdir(), "rekindle-experiment-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("plan.json: the request, the audience and one entry per measure", async () => {
  writeFileSync(join(folder, "plan.json"), planJson(plannedExample(), { dataset: "shop", sentences: "In words." }));
  const plan = await readPlan(folder);
  expect(plan).toMatchObject({ dataset: "shop", by: "rule", relative_effect: 0.025, alpha: 0.01, winsorize: 0.995 });
  expect(plan).toMatchObject({ test: 2420, control: 2420, customers: 4840, refused: 1680, unknown_consent: 89 });
  expect(plan).toMatchObject({ base: { as_of: "2025-11-30", customers: 1200 }, in_words: "In words." });
  expect(plan).toEqual(planRecord(plannedExample(), { dataset: "shop", sentences: "In words." }));
  const [conversion, , spend] = plan.measures;
  expect(conversion.rises.map(({ rise }) => rise)).toEqual(["more buyers"]);
  expect(spend).toMatchObject({ measure: "spend", cuped: true });
  expect(spend.rises.map(({ rise }) => rise)).toEqual(["more buyers", "larger purchases"]);
  expect(spend.rises[1].minimum_detectable_effect).toBeGreaterThan(0);
});

test("readout.json: each metric with its verdict, null for what is unknown", async () => {
  const rare = ARMS.map((_, i) => (i === 0 || i === 1 || i === 1000 ? 10 : 0));
  const texts = { sentences: ["A verdict."], warnings: [], remarks: [] };
  writeFileSync(join(folder, "readout.json"), readoutJson(readingExample(rare, { winsorizeAt: 1 }), texts));
  const readout = await readReadout(folder);
  expect(readout).toMatchObject({ experiment: "spring", decided_by: "conversion", capped_spend: null });
  expect(readout.spend?.relative).toEqual({ value: 1, lower: -1, upper: null });
  writeFileSync(join(folder, "readout.json"), readoutJson(readingExample(USUAL), texts));
  expect((await readReadout(folder)).capped_spend?.cut_at).toBeGreaterThan(0);
});

test("a plan or a readout that was edited is refused with the key", async () => {
  const plan = JSON.parse(planJson(plannedExample(), { dataset: "shop", sentences: "" }));
  writeFileSync(join(folder, "plan.json"), JSON.stringify({ ...plan, powr: 0.8 }));
  await expect(readPlan(folder)).rejects.toThrow(/plan\.json": "powr" is an unknown key; did you mean "power"\?/);
  writeFileSync(join(folder, "readout.json"), "{}");
  await expect(readReadout(folder)).rejects.toThrow('"experiment" is missing');
});
