import type { RetrainRule, RetrainVerdict } from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";
import { distinctDigits } from "./distinct-digits.js";

/** A fit and the verdict on it. */
export interface JudgedVerdict {
  readonly judged: {
    /** The day of the fit, `YYYY-MM-DD`. */
    readonly asOf: string;
    /** True for a fit that was given, false for one made for comparison. */
    readonly given: boolean;
  };
  readonly verdict: RetrainVerdict;
}

/**
 * States whether clusters should be refitted, and by which rules.
 *
 * @example
 * const verdict = retrainVerdict({ daysSinceFit: 41, sizesDrifted: false, silhouette: 0.35 });
 * verdictInWords({ judged: { asOf: "2026-01-31", given: true }, verdict }, numberTexts());
 * // "The given clusters, fitted on 2026-01-31, should be refitted: The fit is 41 days old; the limit is 30."
 */
export function verdictInWords({ judged, verdict }: JudgedVerdict, texts: NumberTexts): string {
  const { retrain, rules } = verdict;
  const why = rules
    .filter(({ rule, fired }) => fired || (!retrain && (judged.given || rule !== "age")))
    .map((rule) => retrainRuleInWords(rule, texts))
    .join(" ");
  return judged.given
    ? `The given clusters, fitted on ${judged.asOf}, ${retrain ? "should be refitted" : "are still good"}: ${why}`
    : `Clusters fitted on ${judged.asOf} ${retrain ? "no longer fit" : "still fit"} today's customers: ${why}`;
}

/**
 * Says what one rule on refitting found, with its limit.
 *
 * @example
 * retrainRuleInWords({ rule: "age", value: 41, limit: 30, fired: true }, numberTexts());
 * // "The fit is 41 days old; the limit is 30."
 */
export function retrainRuleInWords({ rule, value, limit, fired }: RetrainRule, texts: NumberTexts): string {
  const { count, number, percent } = texts;
  switch (rule) {
    case "age":
      return value === null
        ? "The clusters were fitted in this run, so they are not too old."
        : `The fit is ${count(value)} days old; the limit is ${count(limit)}.`;
    case "sizes":
      return `${fired ? "A" : "No"} cluster changed in size by more than ${percent(limit, 0)} and more than chance explains.`;
    case "silhouette": {
      const [found, minimum] = distinctDigits(value ?? Number.NaN, limit, number);
      return `The silhouette is ${found}, ${fired ? "below" : "not below"} ${minimum}.`;
    }
  }
}
