import { assertUnreachable } from "../../../errors.js";
import type { ExperimentReading, ExperimentReadout } from "../../../strategy/index.js";
import type { NumberTexts } from "../../../table/index.js";
import { sentenceCase } from "../../../text/index.js";
import { metricAmount, metricName, signedPercent } from "./metrics.js";

/**
 * States the verdict of a readout and how the metric was measured.
 *
 * @example
 * const arms = Array.from({ length: 400 }, (_, i) => (i < 200 ? "test" : "control"));
 * const bought = arms.map((arm, i) => (i % 200 < (arm === "test" ? 60 : 40) ? 1 : 0));
 * verdictSentences(readExperiment({ arms, outcome: bought }, { kind: "conversion" }), numberTexts());
 * // "The campaign raised the conversion rate from 20.0% to 30.0%, by 50.0% (95% interval +6.2% to +112.3%): 20 more buyers in the test group."
 */
export function verdictSentences(readout: ExperimentReadout, texts: NumberTexts): string {
  return verdictSentence(readout, texts) + measurementSentences(readout);
}

/** States the verdict of the primary metric, then the secondary metrics if there are any. */
export function readoutSentences(
  { design, conversion, spend, cappedSpend }: ExperimentReading,
  texts: NumberTexts,
): string[] {
  if (!spend) return [verdictSentences(conversion, texts)];
  const [primary, secondary] = design.primaryMetric === "spend" ? [spend, conversion] : [conversion, spend];
  return [
    verdictSentences(primary, texts),
    secondarySentences(secondary, texts),
    ...(cappedSpend ? [secondarySentences(cappedSpend, texts)] : []),
  ];
}

/** States a metric other than the primary one, without a verdict: of several metrics, one will differ by chance. */
export function secondarySentences(readout: ExperimentReadout, texts: NumberTexts): string {
  const reason =
    readout.verdict === "no reliable interval" ? ` No reliable interval: ${unreliableText(readout, texts)}.` : "";
  return `Secondary metric (not decisive): ${comparisonText(readout, texts)}.${reason}${measurementSentences(readout)}`;
}

function verdictSentence(readout: ExperimentReadout, texts: NumberTexts): string {
  const { verdict, relative, relativeEffect, test, control, total, kind } = readout;
  const { percent, exactPercent, count, money } = texts;
  const amount = metricAmount(kind, texts);
  const interval = intervalText(readout, texts);
  switch (verdict) {
    case "more":
    case "less": {
      const size = Math.abs(total.value);
      const effect =
        kind === "conversion"
          ? `${count(size)} ${verdict === "more" ? "more" : "fewer"} buyer${Math.round(size) === 1 ? "" : "s"} in the test group`
          : `${money(size)} ${verdict} spent in the test group, before the cost of the campaign`;
      const by = Number.isNaN(relative.value) ? "" : `, by ${percent(Math.abs(relative.value))}`;
      return `The campaign ${verdict === "more" ? "raised" : "lowered"} ${nameOf(readout, texts)} from ${amount(control.adjustedMean)} to ${amount(test.adjustedMean)}${by} (${interval}): ${effect}.`;
    }
    case "no worthwhile difference":
      return `No worthwhile difference: ${nameOf(readout, texts)} changed by less than ${exactPercent(relativeEffect)}, the smallest change worth the campaign (${interval}).`;
    case "no reliable interval":
      return `No reliable interval: ${unreliableText(readout, texts)}. ${sentenceCase(comparisonText(readout, texts))}.`;
    case "too few":
      return `Inconclusive: ${reasonText(readout, texts)}.`;
    default:
      return assertUnreachable(verdict, "verdict");
  }
}

/** Names the metric: capped spend is another one than spend. */
function nameOf({ kind, cutAt }: ExperimentReadout, { money }: NumberTexts): string {
  return cutAt === null ? metricName(kind) : `spend up to ${money(cutAt)} per customer`;
}

/** Says why a readout has no verdict. */
function reasonText(readout: ExperimentReadout, texts: NumberTexts): string {
  const { relative, control, upper, minimumDetectableEffect } = readout;
  const groups = sentenceCase(comparisonText(readout, texts));
  // Without a purchase in the control group there is no base for a percentage.
  if (!control.buyers)
    return `nobody in the control group bought, so there is no base to compare ${nameOf(readout, texts)} with`;
  if (upper === Number.POSITIVE_INFINITY) {
    return `the customers of each group are identical, so the uncertainty cannot be estimated. ${groups}`;
  }
  if (Number.isNaN(relative.value)) {
    return `past spend explains all of the control group's spend, so there is no base to compare ${nameOf(readout, texts)} with`;
  }
  const detectable = Number.isNaN(minimumDetectableEffect)
    ? `these groups cannot detect a change in ${nameOf(readout, texts)}`
    : `these groups can detect a change of ${texts.percent(minimumDetectableEffect, 0)} or more`;
  return `${detectable}. ${groups}, which may be chance`;
}

/** Says why spend has no interval. */
function unreliableText({ reliableFrom }: ExperimentReadout, { count }: NumberTexts): string {
  return `with fewer than ${count(reliableFrom)} customers per group, a few large orders decide the mean`;
}

/** Both groups and the change between them. */
function comparisonText(readout: ExperimentReadout, texts: NumberTexts): string {
  const { kind, test, control, relative, upper } = readout;
  const amount = metricAmount(kind, texts);
  const change =
    Number.isNaN(relative.value) || upper === Number.POSITIVE_INFINITY
      ? ""
      : `, ${signedPercent(relative.value, texts)} (${intervalText(readout, texts)})`;
  return `${nameOf(readout, texts)} was ${amount(test.adjustedMean)} in the test group and ${amount(control.adjustedMean)} in the control group${change}`;
}

/** The interval of the relative change, with its level. */
function intervalText({ relative, level, upper }: ExperimentReadout, texts: NumberTexts): string {
  const interval = `${texts.exactPercent(level)} interval`;
  if (Number.isNaN(relative.value)) return `${interval} ${upper < 0 ? "below" : "above"} 0`;
  const lower = signedPercent(relative.lower, texts);
  return Number.isFinite(relative.upper)
    ? `${interval} ${lower} to ${signedPercent(relative.upper, texts)}`
    : `${interval} from ${lower}, no upper bound`;
}

/** Says how the metric was measured, where not as recorded. */
function measurementSentences({ cutAt, tooFewToCut, correlation }: ExperimentReadout): string {
  return [
    ...(cutAt === null
      ? []
      : [" What a customer spends beyond that does not count, so the largest orders decide little."]),
    ...(tooFewToCut ? [" Spend is not capped: too few customers bought."] : []),
    ...(correlation ? [" The groups are adjusted for past spend."] : []),
  ].join("");
}
