import type { RetrainVerdict } from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";
import { retrainRuleInWords } from "./retrain.js";

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
