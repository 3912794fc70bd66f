import type {
  ClusterCountCandidate,
  ClusterCountCheck,
  ClusterCountChoiceReason,
  ClusterCountReason,
  ClusterCountVerdict,
} from "../../segmentation/index.js";
import { type NumberTexts, numberTexts } from "../../table/index.js";
import { distinctDigits } from "./distinct-digits.js";

/**
 * States the silhouette of a number of clusters for the log, which has one notation.
 *
 * @example
 * clusterCountNote({ k: 5, silhouette: 0.3065 }); // "K = 5, silhouette 0.307"
 */
export function clusterCountNote({ k, silhouette }: Pick<ClusterCountCandidate, "k" | "silhouette">): string {
  return `K = ${k}, silhouette ${numberTexts().number(silhouette, 3)}`;
}

/**
 * Says why a number of clusters was selected or not.
 *
 * @example
 * const facts = { smallestShare: 0.1, stability: 0.9 };
 * const [three] = decideClusterCount([{ ...facts, k: 3, silhouette: 0.33 }]);
 * clusterCountReason(three, numberTexts()); // "most clusters within 0.03 of the best silhouette, 0.330"
 */
export function clusterCountReason(
  { checks, reason }: Pick<ClusterCountVerdict, "checks" | "reason">,
  texts: NumberTexts,
): string {
  const failures = checks.filter(({ passed }) => !passed).map((check) => failedCheck(check, texts));
  return reasonInWords(reason, { failures: failures.join("; "), texts });
}

interface Words {
  readonly failures: string;
  readonly texts: NumberTexts;
}

function reasonInWords(reason: ClusterCountReason, words: Words): string {
  const { failures, texts } = words;
  switch (reason.kind) {
    case "largest-near-best":
    case "fewest-failures":
      return choiceInWords(reason, words);
    case "requested":
      return `requested${reason.byRule ? ", also selected automatically" : ""}${failures ? `, despite: ${failures}` : ""}`;
    case "overridden":
      return `selected automatically (${choiceInWords(reason.byRule, words)}); ${texts.count(reason.requested)} requested`;
    case "checks":
      return failures;
    case "silhouette": {
      const [value, limit] = distinctDigits(reason.value, reason.limit, texts.number);
      return `silhouette ${value}, minimum ${limit}, ${tolerance(reason.tolerance, texts)} below the best`;
    }
    case "fewer-clusters":
      return `${texts.count(reason.selected)} clusters are as well separated and show more detail`;
  }
}

function choiceInWords(reason: ClusterCountChoiceReason, { failures, texts }: Words): string {
  return reason.kind === "largest-near-best"
    ? `most clusters within ${tolerance(reason.tolerance, texts)} of the best silhouette, ${texts.number(reason.bestSilhouette, 3)}`
    : `no number passes every check; fewest failures: ${failures}`;
}

function failedCheck({ rule, value, limit }: ClusterCountCheck, { count, number, percent }: NumberTexts): string {
  switch (rule) {
    case "min-clusters":
      return `fewer than ${count(limit)} clusters`;
    case "max-clusters":
      return `more than ${count(limit)} clusters`;
    case "smallest-share": {
      const [share, minimum] = distinctDigits(value, limit, (one, digits) => percent(one, digits - 1));
      return `smallest cluster ${share} of customers, minimum ${minimum}`;
    }
    case "stability": {
      const [stability, minimum] = distinctDigits(value, limit, number);
      return `stability ${stability}, minimum ${minimum}`;
    }
  }
}

/** A tolerance with the digits that it has. */
function tolerance(value: number, { number }: NumberTexts): string {
  return number(value, String(value).split(".")[1]?.length ?? 0);
}
