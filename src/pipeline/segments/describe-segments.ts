import {
  type CustomerColumns,
  type Customers,
  type Mover,
  profileSegments,
  type RetrainVerdict,
  retrainVerdict,
  type SegmentMigration,
  type SegmentProfile,
  type SizeDrift,
  segmentMigration,
  segmentMovers,
  sizeDrift,
} from "../../segmentation/index.js";
import { epochDay } from "../../text/index.js";
import { MOVEMENT_DAYS } from "./load-customers.js";
import type { Assignments, SegmentedCustomers } from "./segment-customers.js";

/** What the segments say. */
export interface DescribedSegments extends SegmentedCustomers {
  readonly profiles: readonly SegmentProfile[];
  readonly ruleProfiles: readonly SegmentProfile[];
  readonly migration: Readonly<Record<"rule_segment" | "segment_name", SegmentMigration>>;
  /** Those who were Champions 30 days ago and are no more, most revenue first. */
  readonly movers: readonly Mover[];
  /** Whether segments by rule changed in size. */
  readonly drift: SizeDrift;
  /** Whether clusters did, among those who are in one: no other fit would put those with too few orders elsewhere. */
  readonly clusterDrift: SizeDrift;
  readonly verdict: RetrainVerdict;
}

/**
 * Profiles, movement and drift of segments.
 *
 * @param spend That of each customer by category.
 */
export function describeSegments(
  segmented: SegmentedCustomers,
  spend: ReadonlyMap<string, ReadonlyMap<string, number>>,
): DescribedSegments {
  const { now, before, nameOf, judged } = segmented;
  const ruleNames = Object.keys(now.rules.counts);
  const ruleNumbers = Int32Array.from(now.rules.names, (name) => ruleNames.indexOf(name));
  const profilesBy = (segments: Int32Array, name: (segment: number) => string) =>
    profileSegments(profileColumns(now.customers), {
      segments,
      nameOf: name,
      categorySpend: spendBySegment(now, segments, spend),
    });
  const revenue = new Map(now.customers.ids.map((id, i) => [id, now.customers.monetary[i]]));
  const revenueOf = (id: string) => revenue.get(id) ?? 0;
  const named = (nameIn: (assignments: Assignments, i: number) => string | null) =>
    [before, now].map(
      (assignments) =>
        new Map(
          assignments.customers.ids.flatMap((id, i) => {
            const name = nameIn(assignments, i);
            return name === null ? [] : [[id, name] as const];
          }),
        ),
    ) as [Map<string, string>, Map<string, string>];
  const byRule = named(({ rules }, i) => rules.names[i]);
  const byCluster = named(({ segment }, i) => (segment[i] < 0 ? null : nameOf(segment[i])));
  const movement = { days: MOVEMENT_DAYS, revenueOf };
  const migration = {
    rule_segment: segmentMigration(...byRule, movement),
    segment_name: segmentMigration(...named(({ segment }, i) => nameOf(segment[i])), movement),
  };
  const drift = sizeDrift(migration.rule_segment);
  const clusterDrift = sizeDrift(segmentMigration(...byCluster, movement));
  const verdict = retrainVerdict({
    // Only a fit in use ages: this run fits a new one.
    daysSinceFit: judged.given ? epochDay(now.customers.asOf) - epochDay(judged.asOf) : null,
    sizesDrifted: clusterDrift.drifted,
    silhouette: judged.silhouette,
  });
  return {
    ...segmented,
    profiles: profilesBy(now.segment, nameOf),
    ruleProfiles: profilesBy(ruleNumbers, (number) => ruleNames[number]),
    migration,
    movers: segmentMovers(...byRule, { from: "Champions", revenueOf }),
    drift,
    clusterDrift,
    verdict,
  };
}

function profileColumns({ ids, asOf, features, ...columns }: Customers): CustomerColumns {
  return columns;
}

function spendBySegment(
  { customers }: Assignments,
  segments: Int32Array,
  spend: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Map<number, Map<string, number>> {
  const result = new Map<number, Map<string, number>>();
  customers.ids.forEach((id, i) => {
    const own = result.get(segments[i]) ?? new Map<string, number>();
    for (const [category, amount] of spend.get(id) ?? []) own.set(category, (own.get(category) ?? 0) + amount);
    result.set(segments[i], own);
  });
  return result;
}
