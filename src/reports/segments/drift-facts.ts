import type { DescribedSegments, SizeChange } from "../../segmentation/index.js";
import { numberTexts } from "../../table/index.js";
import { snakeCaseKeys } from "../../text/index.js";
import { retrainRuleInWords } from "../wording/retrain-verdict.js";
import { sizeDriftMessage } from "../wording/size-drift.js";

/**
 * Returns the content of `drift.json`: changes in size of segments and clusters, agreement with the earlier fit, and the
 * retrain verdict with its reasons, which have one notation whatever the locale: programs read the file.
 */
export function driftFacts({
  drift: { changes, drifted },
  clusterDrift,
  refit,
  judged,
  verdict: { retrain, rules },
}: Pick<DescribedSegments, "drift" | "clusterDrift" | "refit" | "judged" | "verdict">): unknown {
  const texts = numberTexts();
  return snakeCaseKeys({
    ...{ changes: changes.map(written), drifted, message: sizeDriftMessage({ drifted }) },
    clusterChanges: clusterDrift.changes.map(written),
    refit: refit && {
      ...refit,
      shifts: refit.shifts.map(({ cluster, shift }) => ({ segment: cluster, shift })),
    },
    ...{ judged, retrain },
    rules: rules.map((one) => ({ rule: one.rule, fired: one.fired, why: retrainRuleInWords(one, texts) })),
    reasons: rules.filter(({ fired }) => fired).map((one) => retrainRuleInWords(one, texts)),
  });
}

/** In the file clusters too have their name under "segment". */
function written({ name, ...change }: SizeChange): object {
  return { segment: name, ...change };
}
