import { describe, expect, test } from "vitest";
import { bernoulli, createRandom } from "../../../../src/numeric/index.js";
import { secondarySentences, verdictSentences } from "../../../../src/reports/index.js";
import { type Arm, readExperiment } from "../../../../src/strategy/index.js";
import { numberTexts } from "../../../../src/table/index.js";
import { simulateSpendTest } from "../../../strategy/simulate-spend-test.js";

const texts = numberTexts();

describe("verdict sentences of spend", () => {
  const verdict = (...[columns, options]: Parameters<typeof readExperiment>) =>
    verdictSentences(readExperiment(columns, options), texts);
  const halves = Array.from({ length: 400 }, (_, i): Arm => (i < 200 ? "test" : "control"));

  test("a gain: both means, relative change, interval, total, cap", () => {
    const { arms, outcome } = simulateSpendTest(4000, 0.25, 1);
    const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 });
    expect(verdictSentences(readout, numberTexts({ currency: "GBP" }))).toMatch(
      /^The campaign raised spend up to £[\d.]+ per customer from £\d\d\.\d\d to £\d\d\.\d\d, by \d+\.\d% \(95% interval \+\d+\.\d% to \+\d+\.\d%\): £[\d,]+ more spent in the test group, before the cost of the campaign\. What a customer spends beyond that does not count, so the largest orders decide little\.$/,
    );
  });

  test("a loss", () => {
    const { arms, outcome } = simulateSpendTest(4000, -0.25, 1);
    expect(verdict({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 })).toMatch(
      /^The campaign lowered spend up to €[\d.]+ per customer from .* less spent in the test group, /,
    );
  });

  test("inconclusive: the change that the groups can detect comes first", () => {
    const { arms, outcome } = simulateSpendTest(200, 0.05, 6);
    const readout = readExperiment({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 });
    const percent = Math.round(100 * readout.minimumDetectableEffect);
    expect(verdictSentences(readout, texts)).toMatch(
      new RegExp(
        `^Inconclusive: these groups can detect a change of ${percent}% or more\\. Spend up to €[\\d.]+ per customer was €`,
      ),
    );
  });

  test("no worthwhile difference: names the smallest worthwhile change", () => {
    const { arms, outcome } = simulateSpendTest(60_000, 0, 3);
    expect(verdict({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99 })).toMatch(
      /^No worthwhile difference: spend up to €[\d.]+ per customer changed by less than 5%, the smallest change worth the campaign \(95% interval −\d\.\d% to \+\d\.\d%\)\./,
    );
  });

  test("adjustment for past spend and the level of the interval are stated", () => {
    const { arms, outcome, before } = simulateSpendTest(1000, 0.1, 4);
    expect(verdict({ arms, outcome, before }, { kind: "spend", winsorizeAt: 0.99 })).toMatch(
      / does not count, so the largest orders decide little\. The groups are adjusted for past spend\.$/,
    );
    expect(verdict({ arms, outcome }, { kind: "spend", winsorizeAt: 0.99, alpha: 0.001 })).toContain(
      "(99.9% interval ",
    );
  });

  test("no cap where too few bought", () => {
    const outcome = halves.map((_, i) => (i === 0 || i === 1 ? 30 : i === 200 ? 20 : 0));
    expect(verdict({ arms: halves, outcome }, { kind: "spend", winsorizeAt: 0.99 })).toMatch(
      / Spend is not capped: too few customers bought\.$/,
    );
  });

  test("fewer customers than uncapped spend needs: no interval, and why", () => {
    const { arms, outcome } = simulateSpendTest(400, 0.25, 1);
    expect(verdict({ arms, outcome }, { kind: "spend" })).toMatch(
      /^No reliable interval: with fewer than 1,000 customers per group, a few large orders decide the mean\. Spend per customer was €\d\d\.\d\d in the test group and €\d\d\.\d\d in the control group\.$/,
    );
    expect(secondarySentences(readExperiment({ arms, outcome }, { kind: "spend" }), texts)).toMatch(
      / in the control group\. No reliable interval: with fewer than 1,000 customers per group, a few large orders decide the mean\.$/,
    );
  });

  test("identical customers: no uncertainty can be estimated", () => {
    const outcome = halves.map((arm) => (arm === "test" ? 12 : 10));
    expect(verdict({ arms: halves, outcome }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 })).toBe(
      "Inconclusive: the customers of each group are identical, so the uncertainty cannot be estimated. Spend per customer was €12.00 in the test group and €10.00 in the control group.",
    );
  });

  test("a control group whose spend past spend explains has no percentage; a total loss is 100%", () => {
    const before = halves.map((arm, i) => (i % 2) * 100 + (arm === "test" ? 0 : 900));
    const outcome = halves.map((arm, i) => (arm === "test" ? 300 : 20) + (i % 2) * 100 + (i % 3));
    expect(verdict({ arms: halves, outcome, before }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 })).toMatch(
      /\(95% interval above 0\): €[\d,.]+ more spent in the test group, .* The groups are adjusted for past spend\.$/,
    );
    const turned = halves.map((arm): Arm => (arm === "test" ? "control" : "test"));
    expect(verdict({ arms: turned, outcome, before }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 })).toContain(
      ", by 100.0% (",
    );
  });

  test("an interval without an upper bound says so", () => {
    const few = Array.from({ length: 40 }, (_, i): Arm => (i < 20 ? "test" : "control"));
    const spend = few.map((_, i) => (i === 0 || i === 1 ? 10 : i === 20 ? 12 : 0));
    expect(verdict({ arms: few, outcome: spend }, { kind: "spend", winsorizeAt: 1, reliableFrom: 2 })).toMatch(
      /^Inconclusive: .*, \+66\.7% \(95% interval from −100\.0%, no upper bound\), which may be chance\./,
    );
  });
});

describe("sentences of conversion", () => {
  const random = createRandom(8);
  const arms = Array.from({ length: 3000 }, (_, i): Arm => (i % 3 === 0 ? "control" : "test"));
  const outcome = arms.map((arm) => Number(bernoulli(random, arm === "test" ? 0.3 : 0.2)));

  test("verdict of a gain counts buyers", () => {
    const readout = readExperiment({ arms, outcome }, { kind: "conversion", testShare: 2 / 3 });
    expect(verdictSentences(readout, texts)).toMatch(
      /^The campaign raised the conversion rate from .* to .*, by .* more buyers in the test group\.$/,
    );
  });

  test("secondary metric: both groups, the change, and no verdict", () => {
    const readout = readExperiment({ arms, outcome }, { kind: "conversion", testShare: 2 / 3 });
    expect(secondarySentences(readout, texts)).toMatch(
      /^Secondary metric \(not decisive\): the conversion rate was \d\d\.\d% in the test group and \d\d\.\d% in the control group, \+\d\d\.\d% \(95% interval \+\d+\.\d% to \+\d+\.\d%\)\.$/,
    );
  });

  test("a control group without buyers gets no percentage", () => {
    const few = { arms: ["test", "test", "control", "control"] as const, outcome: [1, 0, 0, 0] };
    expect(verdictSentences(readExperiment(few, { kind: "conversion" }), texts)).toBe(
      "Inconclusive: nobody in the control group bought, so there is no base to compare the conversion rate with.",
    );
    const half = Array.from({ length: 400 }, (_, i): Arm => (i < 200 ? "test" : "control"));
    const clear = readExperiment({ arms: half, outcome: half.map((_, i) => Number(i < 50)) }, { kind: "conversion" });
    expect(verdictSentences(clear, texts)).toBe(
      "The campaign raised the conversion rate from 0.0% to 25.0% (95% interval above 0): 50 more buyers in the test group.",
    );
  });

  test("a change that rounds to zero has no sign", () => {
    const half = Array.from({ length: 400 }, (_, i): Arm => (i < 200 ? "test" : "control"));
    const alike = readExperiment({ arms: half, outcome: half.map((_, i) => i % 2) }, { kind: "conversion" });
    expect(verdictSentences(alike, texts)).toContain(" 50.0% in the control group, 0.0% (95% interval −");
  });

  test("groups that cannot detect any change say so", () => {
    const few = Array.from({ length: 8 }, (_, i): Arm => (i < 4 ? "test" : "control"));
    const readout = readExperiment({ arms: few, outcome: [1, 1, 1, 0, 1, 1, 1, 1] }, { kind: "conversion" });
    expect(verdictSentences(readout, texts)).toMatch(
      /^Inconclusive: these groups cannot detect a change in the conversion rate\. The conversion rate was \d+\.0% in the test group and \d+\.0% in the control group, /,
    );
  });
});
