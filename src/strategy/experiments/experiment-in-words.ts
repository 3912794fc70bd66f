import { assertUnreachable } from "../../errors.js";
import { type Conventions, type NumberTexts, numberTexts } from "../../table/index.js";
import type { PlannedMeasure } from "./experiment-measures.js";
import type { ExperimentPlan } from "./plan-experiment.js";
import type { ExperimentReadout } from "./read-experiment.js";

/**
 * A plan in plain words: what the customers at hand can show, and how many it would take.
 *
 * @example
 * planInWords(planExperiment({ spend: [0, 10, 0, 30, 20, 0] }, { customers: 400, winsorizeAt: 1 }));
 * // "With 200 customers in each group you would see a rise of the share of buyers from 50.0% to 63.7% or more, and of spend per customer from €10.00 to €13.54 or more (35% more). Rises as large as these are seen 80% of the time. To see a rise of 5%, each group needs 6,272 customers for the share of buyers, and 10,047 for spend."
 */
export function planInWords(
  { arms, relativeEffect, power, measures, best }: ExperimentPlan,
  options: Partial<Conventions> = {},
): string {
  const texts = numberTexts(options);
  const { count, percent, exactPercent, money } = texts;
  const [conversion] = measures;
  const groups =
    arms.test === arms.control
      ? `With ${count(arms.test)} customers in each group`
      : `With ${count(arms.test)} customers in the test group and ${count(arms.control)} in the control group`;
  const ways = [
    ...(best?.measure === "winsorized spend" ? ["the largest amounts cut"] : []),
    ...(best?.cuped ? ["past spend taken into account"] : []),
  ];
  const rise = ({ mean, minimumDetectableEffect }: PlannedMeasure, amount: (value: number) => string) =>
    minimumDetectableEffect === null
      ? undefined
      : `from ${amount(mean)} to ${amount(mean * (1 + minimumDetectableEffect))} or more`;
  const rate = rise(conversion, (value) => percent(value));
  const amounts = best && rise(best, money);
  const more = `(${percent(best?.minimumDetectableEffect ?? 0, 0)} more${ways.length ? `, with ${ways.join(" and ")}` : ""})`;
  const spend = amounts ? `of spend per customer ${amounts} ${more}` : undefined;
  const seen = rate
    ? `a rise of the share of buyers ${rate}${spend ? `, and ${spend}` : ""}.`
    : `no rise of the share of buyers (${percent(conversion.mean)})${spend ? `, but one ${spend}` : ""}.`;
  const sure = rate || spend ? ` Rises as large as these are seen ${exactPercent(power)} of the time.` : "";
  const need = needInWords({ arms, relativeEffect, conversion, best }, texts);
  return `${groups} you would see ${seen}${sure}${need}${sure && cautionInWords(arms, conversion)}`;
}

/** The formulas take shares and means for normally distributed, which few customers or few buyers are not. */
function cautionInWords({ test, control }: ExperimentPlan["arms"], { mean }: PlannedMeasure): string {
  const customers = Math.min(test, control);
  if (customers < 30) return " With fewer than 30 customers in a group all of this is rough.";
  return customers * mean < 5 ? " With fewer than 5 buyers to be expected in a group all of this is rough." : "";
}

/** How many customers it would take, where those at hand are too few. */
function needInWords(
  {
    arms,
    relativeEffect,
    conversion,
    best,
  }: Pick<ExperimentPlan, "arms" | "relativeEffect" | "best"> & { readonly conversion: PlannedMeasure },
  { count, exactPercent }: NumberTexts,
): string {
  const needs = (
    [
      [conversion, "the share of buyers"],
      [best, "spend"],
    ] as const
  ).flatMap(([measure, what]) =>
    measure && measure.neededPerArm !== null && (measure.minimumDetectableEffect ?? 1) > relativeEffect
      ? [{ customers: count(measure.neededPerArm), what }]
      : [],
  );
  if (!needs.length) return "";
  const [first, ...others] = needs;
  const each = Math.abs(arms.test - arms.control) > 1 ? "each of two equal groups" : "each group";
  return ` To see a rise of ${exactPercent(relativeEffect)}, ${each} needs ${first.customers} customers for ${first.what}${others.map(({ customers, what }) => `, and ${customers} for ${what}`).join("")}.`;
}

/**
 * A readout in plain words, its verdict first.
 *
 * @example
 * const arms = Array.from({ length: 400 }, (_, i) => (i < 200 ? "test" : "control"));
 * const bought = arms.map((arm, i) => (i % 200 < (arm === "test" ? 60 : 40) ? 1 : 0));
 * readoutInWords(readExperiment({ arms, outcome: bought }, { kind: "conversion" }));
 * // "The campaign raised the share of buyers from 20.0% to 30.0%, by 50.0% (95% interval +6.2% to +112.3%): 20 more buyers in the test group."
 */
export function readoutInWords(readout: ExperimentReadout, options: Partial<Conventions> = {}): string {
  const texts = numberTexts(options);
  return verdictInWords(readout, texts) + waysInWords(readout, texts);
}

/** How the outcome was measured, where not as it is. */
function waysInWords({ cutAt, tooFewToCut, correlation }: ExperimentReadout, { money }: NumberTexts): string {
  const alike = correlation ? "the groups are compared as if they had spent alike before" : "";
  if (cutAt !== null) {
    return ` Spend above ${money(cutAt)} counts as ${money(cutAt)}${alike ? `, and ${alike}` : ""}.`;
  }
  const uncut = tooFewToCut
    ? " Nothing is cut from spend, since so few bought that the cut would be below every purchase."
    : "";
  return `${uncut}${alike ? ` T${alike.slice(1)}.` : ""}`;
}

/**
 * An outcome that does not decide, in plain words: what was seen, and no verdict, since of several outcomes one will
 * differ by chance.
 */
export function asideInWords(readout: ExperimentReadout, options: Partial<Conventions> = {}): string {
  const texts = numberTexts(options);
  const { what, amount } = wordsFor(readout, texts);
  const { test, control, relative } = readout;
  const change = Number.isNaN(relative.value)
    ? ""
    : `, ${signed(relative.value, texts.percent)} (${rangeInWords(readout, texts)})`;
  const ways = waysInWords(readout, texts);
  return `Beside it, a clue and no verdict: ${what} was ${amount(test.adjustedMean)} in the test group and ${amount(control.adjustedMean)} in the control group${change}.${ways}`;
}

/**
 * What is wrong with the sizes of the groups, if something is.
 *
 * @param planned Sizes of the groups when they were drawn.
 */
export function sizesInWords(
  { test, control, sampleRatioMismatch }: ExperimentReadout,
  planned: { readonly test: number; readonly control: number },
  options: Partial<Conventions> = {},
): string | undefined {
  if (!sampleRatioMismatch) return undefined;
  const { count } = numberTexts(options);
  const was = (arm: "test" | "control", read: number) => `${count(read)} of ${count(planned[arm])} ${arm} customers`;
  return `${was("test", test.customers)} and ${was("control", control.customers)} were read, a difference that chance does not make (sample ratio mismatch): find out who is missing before believing any of this`;
}

function wordsFor({ kind }: ExperimentReadout, { percent, money }: NumberTexts) {
  return kind === "conversion"
    ? { what: "the share of buyers", amount: (value: number) => percent(value) }
    : { what: "spend per customer", amount: money };
}

/** The interval of the relative change, with its level. */
function rangeInWords({ relative, level, upper }: ExperimentReadout, { percent, exactPercent }: NumberTexts): string {
  const interval = `${exactPercent(level)} interval`;
  if (Number.isNaN(relative.value)) return `${interval} ${upper < 0 ? "below" : "above"} 0`;
  const lower = signed(relative.lower, percent);
  return Number.isFinite(relative.upper)
    ? `${interval} ${lower} to ${signed(relative.upper, percent)}`
    : `${interval} from ${lower}, open above`;
}

function verdictInWords(readout: ExperimentReadout, texts: NumberTexts): string {
  const { verdict, relative, relativeEffect, test, control, total, kind } = readout;
  const { percent, exactPercent, count, money } = texts;
  const { what, amount } = wordsFor(readout, texts);
  const range = rangeInWords(readout, texts);
  switch (verdict) {
    case "more":
    case "less": {
      const whole = Math.abs(total.value);
      const brought =
        kind === "conversion"
          ? `${count(whole)} ${verdict === "more" ? "more" : "fewer"} buyer${Math.round(whole) === 1 ? "" : "s"} in the test group`
          : `${money(whole)} ${verdict} from the test group, before what the campaign cost`;
      const by = Number.isNaN(relative.value) ? "" : `, by ${percent(Math.abs(relative.value))}`;
      return `The campaign ${verdict === "more" ? "raised" : "lowered"} ${what} from ${amount(control.adjustedMean)} to ${amount(test.adjustedMean)}${by} (${range}): ${brought}.`;
    }
    case "no worthwhile difference":
      return `No worthwhile difference: ${what} changed by less than the ${exactPercent(relativeEffect)} that would be worth the campaign (${range}).`;
    case "too few":
      return `Too few: ${tooFewInWords(readout, texts)}`;
    default:
      return assertUnreachable(verdict, "verdict");
  }
}

/** Why there is no verdict. */
function tooFewInWords(readout: ExperimentReadout, texts: NumberTexts): string {
  const { relative, test, control, upper, minimumDetectableEffect } = readout;
  const { percent } = texts;
  const { what, amount } = wordsFor(readout, texts);
  const groups = `${what.charAt(0).toUpperCase()}${what.slice(1)} was ${amount(test.adjustedMean)} in the test group and ${amount(control.adjustedMean)} in the control group`;
  // Without anything in the control group there is nothing to take a percentage of.
  if (!control.buyers) return `nobody in the control group bought, so that there is nothing to compare ${what} with.`;
  if (upper === Number.POSITIVE_INFINITY) {
    return `the customers of each group are all alike, so that nothing tells what chance does. ${groups}.`;
  }
  if (Number.isNaN(relative.value)) {
    return `nothing is left of the control group's spend without what past spend explains, so that there is nothing to compare ${what} with.`;
  }
  const seen = Number.isNaN(minimumDetectableEffect)
    ? `no rise of ${what} could be seen with these groups`
    : `you could see ${percent(minimumDetectableEffect, 0)} or more`;
  return `${seen}. ${groups}, ${signed(relative.value, percent)} (${rangeInWords(readout, texts)}), which chance could explain.`;
}

function signed(share: number, percent: NumberTexts["percent"]): string {
  return share < 0 ? `−${percent(-share)}` : `+${percent(share)}`;
}
