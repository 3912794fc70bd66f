import { expect, test } from "vitest";
import { createRandom, gamma } from "../../../../src/numeric/index.js";
import { planSentences } from "../../../../src/reports/index.js";
import { planExperiment, planExperimentByFigures } from "../../../../src/strategy/index.js";
import { numberTexts } from "../../../../src/table/index.js";

const texts = numberTexts();

/** Spend of 2,000 customers in two periods; a third of them buys nothing in each. */
function spending() {
  const random = createRandom(3);
  const level = Array.from({ length: 2000 }, () => gamma(random, 0.7, 0.01));
  const draw = () => level.map((mean) => (random.uniform() < 1 / 3 ? 0 : gamma(random, 2, 2 / mean)));
  return { spend: draw(), spendBefore: draw() };
}
const columns = spending();

test("plan sentences: detectable rises, power and needed group sizes, in the currency of the shop", () => {
  const plan = planExperiment(columns);
  const sentences = planSentences(plan, numberTexts({ currency: "GBP" }));
  const [{ mean, minimumDetectableEffect, neededPerArm }] = plan.measures;
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  expect(sentences).toContain(
    `With 1,000 customers per group, the test can detect a rise in the conversion rate from ${percent(mean)} to ${percent(mean * (1 + Number(minimumDetectableEffect)))} or more, and in spend per customer (£`,
  );
  const [buyers, purchases] = (plan.spend?.rises ?? []).map((one) =>
    Math.round(100 * Number(one.minimumDetectableEffect)),
  );
  expect(sentences).toContain(
    `, adjusted for past spend) of ${buyers}% or more if more customers buy and ${purchases}% or more if buyers spend more. Power is 80%. Detecting a rise of 5% takes ${neededPerArm?.toLocaleString("en-GB")} customers per group for the conversion rate and ${plan.spend?.neededPerArm?.toLocaleString("en-GB")} for spend.`,
  );
});

test("plan sentences: with fewer customers than the interval of spend needs, they say so", () => {
  expect(planSentences(planExperiment(columns, { customers: 1998 }), texts)).toMatch(
    /the test can detect a rise in the conversion rate from [\d.]+% to [\d.]+% or more\. Power is 80%\. Spend per customer needs 1,000 customers per group for a reliable interval: in smaller groups, a few large orders decide the mean\. Detecting /,
  );
});

test("plan sentences: no group sizes where the customers at hand suffice", () => {
  expect(planSentences(planExperiment(columns, { customers: 4_000_000 }), texts)).toMatch(/ Power is 80%\.$/);
});

test("plan sentences: effect and power keep the digits they were given with", () => {
  expect(planSentences(planExperiment(columns, { relativeEffect: 0.025, power: 0.875 }), texts)).toContain(
    " Power is 87.5%. Detecting a rise of 2.5% takes ",
  );
});

test("plan sentences: a conversion rate that cannot visibly rise is named", () => {
  const figures = { rate: 0.95, spend: { mean: 10, standardDeviation: 9 } };
  expect(planSentences(planExperimentByFigures(figures, { customers: 60, reliableFrom: 30 }), texts)).toMatch(
    /^With 30 customers per group, the test can detect a rise in spend per customer \(€10\.00\) of \d+% or more if buyers spend more\. A rise in the conversion rate \(95\.0%\) cannot be detected\./,
  );
  expect(planSentences(planExperiment({ spend: [0, 0, 0, 0] }), texts)).toBe(
    "With 2 customers per group, the test cannot detect a rise in the conversion rate (0.0%).",
  );
});

test("plan sentences: unequal groups are both stated, needed sizes are of equal ones", () => {
  const sentences = planSentences(planExperiment(columns, { testShare: 0.8 }), texts);
  expect(sentences).toMatch(/^With 1,600 test and 400 control customers, /);
  expect(sentences).toContain(" customers in each of two equal groups for the conversion rate");
});

test.each([
  [58, 0.5, " With fewer than 30 customers per group, these figures are rough."],
  [98, 0.1, " With fewer than 5 expected buyers per group, these figures are rough."],
  [102, 0.1, undefined],
])("plan sentences: %d customers of whom %d buy get the caution %s", (customers, rate, caution) => {
  const sentences = planSentences(planExperimentByFigures({ rate }, { customers }), texts);
  expect(/ With fewer than .* are rough\.$/.exec(sentences)?.[0]).toBe(caution);
});
