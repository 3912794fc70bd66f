import { requireKnownOptions } from "../../errors.js";
import { takeValues } from "../../matrix/index.js";
import { argsort } from "../../numeric/index.js";
import type { RuleColumns } from "../customers.js";
import {
  type AverageCustomer,
  averageCustomer,
  distinctionsFrom,
  type ProfileValues,
} from "../profiles/average-customer.js";
import { ruleSegments } from "../rules/rule-segments.js";
import { type SegmentRule, standardSegmentRules } from "../rules/segment-rules.js";
import { clusterMeans } from "./cluster-means.js";
import { breaksPromise } from "./name-promises.js";
import { optimalAssignment } from "./optimal-assignment.js";
import { type SegmentPrototype, segmentPrototypes } from "./segment-prototypes.js";

/**
 * Names clusters after the rule segments that they resemble, each name once: names are assigned so that the distances
 * between clusters and the prototypes of their segments sum to the least (see {@link segmentPrototypes}). A cluster stands
 * at the mean ranks of its customers in recency, orders and average order value. No cluster gets a name that says the
 * opposite of what its profile says, such as At Risk for customers who have ordered more recently than the average one;
 * clusters without a name of their own take the nearest: see {@link uniqueClusterNames}.
 *
 * @param labels Cluster per customer, from 0; -1 is in none, shape (n,).
 * @param options.average The customer whom profiles compare with; by default that of `columns`.
 * @throws {RangeError} If the lengths differ or a value is missing.
 *
 * @example
 * const customers = { recencyDays: [5, 15, 300], frequency: [14, 12, 1], avgBasketValue: [150, 120, 20] };
 * nameClusters(customers, [0, 0, 1]); // ["Champions", "Lost/Churned"]
 */
export function nameClusters(
  customers: RuleColumns & ProfileValues,
  labels: ArrayLike<number>,
  options: { readonly rules?: readonly SegmentRule[]; readonly average?: AverageCustomer } = {},
): string[] {
  requireKnownOptions("name clusters", options, { rules: true, average: true });
  const { rules = standardSegmentRules, average = averageCustomer(customers) } = options;
  const { recencyDays, frequency, avgBasketValue } = customers;
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
    const distinctions = distinctionsFrom(average, membersOf(customers, labels, cluster));
    return prototypes.map(
      (prototype) => distance(centre, prototype) + (breaksPromise(prototype.name, distinctions) ? CONTRADICTION : 0),
    );
  });
  const assigned = optimalAssignment(costs);
  return costs.map((row, cluster) => {
    const own = assigned[cluster];
    const hasOwn = own >= 0 && row[own] < CONTRADICTION;
    return prototypes[hasOwn ? own : row.indexOf(Math.min(...row))].name;
  });
}

/** Cost of a name that the cluster contradicts, above any sum of distances. */
const CONTRADICTION = 1e6;

function membersOf(columns: ProfileValues, labels: ArrayLike<number>, cluster: number): ProfileValues {
  const rows = Array.from({ length: labels.length }, (_, row) => row).filter((row) => labels[row] === cluster);
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, takeValues(values, rows)]));
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
