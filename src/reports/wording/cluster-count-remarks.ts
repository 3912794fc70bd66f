import { assertUnreachable } from "../../errors.js";
import type { ClusterCountRemark } from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";
import { clusterCountReason } from "./cluster-counts.js";

/**
 * States what to know about the candidates for a number of clusters.
 *
 * @example
 * clusterCountRemark({ code: "elbow", k: 4 }, numberTexts()); // "Elbow: K = 4"
 */
export function clusterCountRemark(remark: ClusterCountRemark, texts: NumberTexts): string {
  const { count } = texts;
  switch (remark.code) {
    case "elbow":
      return remark.k === null ? "Elbow: none, the inertia falls smoothly" : `Elbow: K = ${count(remark.k)}`;
    case "estimated silhouettes":
      return "Silhouettes are estimated on a part of the customers; ± is one standard deviation of the estimate";
    case "sampled stability":
      return `Stability is that of a random ${count(remark.sampled)} of the ${count(remark.customers)} customers`;
    case "unreliable": {
      const { failing, smallest, customers } = remark;
      const reasons = [
        ...(failing ? [clusterCountReason(failing, texts)] : []),
        ...(smallest === null ? [] : [`the smallest has ${count(smallest)} of the ${count(customers)} customers`]),
      ];
      return `Warning: K = ${count(remark.k)}: ${reasons.join("; ")}. Do not rely on these clusters; segments by rule do not depend on them`;
    }
    default:
      return assertUnreachable(remark, "remark");
  }
}
