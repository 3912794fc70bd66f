import { assertUnreachable } from "../errors.js";
import { type NumberTextOptions, type NumberTexts, numberTexts } from "../number-texts.js";
import type { ExperimentPlan } from "./plan-experiment.js";
import type { ExperimentReadout } from "./read-experiment.js";

/**
 * A plan in plain words: what the customers at hand can show, and how many it would take.
 *
 * @example
 * planInWords(planExperiment({ spend: [0, 10, 0, 30, 20, 0] }, { customers: 400, winsorizeAt: 1 }));
 * // "With 200 customers in the test group and 200 in the control group you could see 27% or more in the share of buyers, and 35% or more in spend. To see 5% of spend 10,047 customers are needed in each."
 */
export function planInWords(
  { arms, relativeEffect, measures, best }: ExperimentPlan,
  options: NumberTextOptions = {},
): string {
  const { count, percent } = numberTexts(options);
  const groups = `With ${count(arms.test)} customers in the test group and ${count(arms.control)} in the control group`;
  const rate = measures[0].detectable;
  const conversion =
    rate === null ? "no change in the share of buyers" : `${percent(rate, 0)} or more in the share of buyers`;
  if (!best || best.detectable === null || best.neededPerArm === null) return `${groups} you could see ${conversion}.`;
  const how = `${best.measure}${best.cuped ? ", taking the spend before into account" : ""}`;
  const needed =
    best.detectable <= relativeEffect
      ? ""
      : ` To see ${percent(relativeEffect, 0)} of spend ${count(best.neededPerArm)} customers are needed in each.`;
  return `${groups} you could see ${conversion}, and ${percent(best.detectable, 0)} or more in ${how}.${needed}`;
}

/** A readout in plain words, its verdict first. */
export function readoutInWords(readout: ExperimentReadout, options: NumberTextOptions = {}): string {
  const texts = numberTexts(options);
  const warning = readout.sizesAreOff
    ? ` The groups have ${texts.count(readout.test.customers)} and ${texts.count(readout.control.customers)} customers, which the lot does not explain: find out who is missing before believing any of this.`
    : "";
  const cut = readout.cutAt === null ? "" : ` Spend counts up to ${texts.money(readout.cutAt)} per customer.`;
  return verdictInWords(readout, texts) + cut + warning;
}

function verdictInWords(
  { verdict, relative, difference, total, detectable, kind, level }: ExperimentReadout,
  { percent, count, money }: NumberTexts,
): string {
  const what = kind === "conversion" ? "the share of buyers" : "spend";
  // Without anything in the control group there is nothing to take a percentage of.
  if (Number.isNaN(relative.value) && verdict !== "more") {
    return `Too few: nobody in the control group bought, so that there is nothing to compare ${what} with.`;
  }
  const range = Number.isNaN(relative.value)
    ? `${percent(level, 0)} interval above 0`
    : `${signed(relative.lower, percent)} to ${signed(relative.upper, percent)}, ${percent(level, 0)} interval`;
  switch (verdict) {
    case "more":
    case "less": {
      const whole = Math.abs(total.value);
      const brought = kind === "conversion" ? `${count(whole)} buyers` : money(whole);
      const size = Number.isNaN(relative.value)
        ? kind === "conversion"
          ? `from nothing to ${percent(difference)}`
          : `from nothing to ${money(difference)} per customer`
        : `by ${percent(Math.abs(relative.value))}`;
      return `The campaign ${verdict === "more" ? "raised" : "lowered"} ${what} ${size} (${range}), ${brought} ${verdict} in the test group.`;
    }
    case "no worthwhile difference":
      return `No worthwhile difference: ${what} changed by ${range}.`;
    case "too few":
      return `Too few: you could see ${percent(detectable, 0)} or more. The change of ${what} was ${signed(relative.value, percent)} (${range}), which chance could explain.`;
    default:
      return assertUnreachable(verdict, "verdict");
  }
}

function signed(share: number, percent: NumberTexts["percent"]): string {
  return share < 0 ? `−${percent(-share)}` : `+${percent(share)}`;
}
