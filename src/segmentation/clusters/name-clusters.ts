import { requireKnownOptions } from "../../errors.js";
import { argsort } from "../../numeric/index.js";
import type { RuleColumns } from "../customers.js";
import { ruleSegments } from "../rules/rule-segments.js";
import { type SegmentRule, standardSegmentRules } from "../rules/segment-rules.js";
import { clusterMeans } from "./cluster-means.js";
import { optimalAssignment } from "./optimal-assignment.js";
import { type SegmentPrototype, segmentPrototypes } from "./segment-prototypes.js";

/**
 * Names clusters after the rule segments that they resemble, each name once: names are assigned so that the distances
 * between clusters and the prototypes of their segments sum to the least (see {@link segmentPrototypes}). A cluster stands
 * at the mean ranks of its customers in recency, orders and average order value. Where there are more clusters than
 * segments, those left over take the nearest name: see {@link uniqueClusterNames}.
 *
 * @param labels Cluster per customer, from 0; -1 is in none, shape (n,).
 * @throws {RangeError} If the lengths differ or a value is missing.
 *
 * @example
 * const customers = { recencyDays: [5, 15, 300], frequency: [14, 12, 1], avgBasketValue: [150, 120, 20] };
 * nameClusters(customers, [0, 0, 1]); // ["Champions", "Lost/Churned"]
 */
export function nameClusters(
  { recencyDays, frequency, avgBasketValue }: RuleColumns,
  labels: ArrayLike<number>,
  options: { readonly rules?: readonly SegmentRule[] } = {},
): string[] {
  requireKnownOptions("name clusters", options, { rules: true });
  const { rules = standardSegmentRules } = options;
  const columns = { recencyDays, frequency, avgBasketValue };
  const { names } = ruleSegments(columns, { rules });
  const ranks = {
    recencyDays: shareRanks(recencyDays),
    frequency: shareRanks(frequency),
    avgBasketValue: shareRanks(avgBasketValue),
  };
  const prototypes = segmentPrototypes(columns, { ranks, names, rules });
  const means = clusterMeans(ranks, labels);
  const costs = means.recencyDays.map((recency, cluster) => {
    const centre = {
      recencyDays: recency,
      frequency: means.frequency[cluster],
      avgBasketValue: means.avgBasketValue[cluster],
    };
    return prototypes.map((prototype) => distance(centre, prototype));
  });
  const assigned = optimalAssignment(costs);
  return costs.map((row, cluster) => {
    const segment = assigned[cluster] < 0 ? row.indexOf(Math.min(...row)) : assigned[cluster];
    return prototypes[segment].name;
  });
}

function distance(a: Omit<SegmentPrototype, "name">, b: Omit<SegmentPrototype, "name">): number {
  return Math.hypot(a.recencyDays - b.recencyDays, a.frequency - b.frequency, a.avgBasketValue - b.avgBasketValue);
}

/** Rank of each value as a share in [0, 1] of those below it, ties sharing the mean of theirs. */
function shareRanks(values: ArrayLike<number>): Float64Array {
  const order = argsort(values);
  const ranks = new Float64Array(values.length);
  for (let i = 0, j = 0; i < order.length; i = j) {
    while (j < order.length && values[order[j]] === values[order[i]]) ++j;
    for (let at = i; at < j; ++at) ranks[order[at]] = (i + j) / 2 / order.length;
  }
  return ranks;
}
