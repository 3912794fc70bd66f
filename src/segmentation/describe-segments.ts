import { requireKnownOptions } from "../errors.js";
import { epochDay } from "../text/index.js";
import type { Assignments } from "./assign-segments.js";
import { type ClusterCountRemark, clusterCountRemarks } from "./clusters/cluster-count-remarks.js";
import { profileColumns } from "./customers.js";
import { type GroupProfile, profileGroups } from "./profiles/profile-groups.js";
import { checkRuleSegments, type RuleCheck } from "./rules/check-rule-segments.js";
import type { SegmentedCustomers } from "./segment-customers.js";
import { type RetrainVerdict, retrainVerdict } from "./transitions/retrain-verdict.js";
import { type SegmentMigration, segmentMigration } from "./transitions/segment-migration.js";
import { type Mover, segmentMovers } from "./transitions/segment-movers.js";
import { type SizeDrift, sizeDrift } from "./transitions/size-drift.js";

/** Segmented customers with profiles, movement, drift and checks. */
export interface DescribedSegments extends SegmentedCustomers {
  /** Profiles of the clusters. */
  readonly profiles: readonly GroupProfile[];
  /** Profiles of the segments by rule. */
  readonly ruleProfiles: readonly GroupProfile[];
  /** What to know about the number of clusters. */
  readonly clusterRemarks: readonly ClusterCountRemark[];
  /** Checks of the segments by rule. */
  readonly ruleChecks: readonly RuleCheck[];
  readonly migration: Readonly<Record<"rule_segment" | "segment_name", SegmentMigration>>;
  /** Customers who were Champions on the earlier day and no longer are, most revenue first. */
  readonly movers: readonly Mover[];
  /** Changes in size of the segments by rule. */
  readonly drift: SizeDrift;
  /** Changes in size of the clusters, without customers with too few orders: no other fit would move these. */
  readonly clusterDrift: SizeDrift;
  readonly verdict: RetrainVerdict;
}

/** Spend of each customer by category. */
export type CategorySpend = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Describes clusters and segments by rule: profiles, movement between the two days, drift, checks and a retrain verdict. */
export function describeSegments(
  segmented: SegmentedCustomers,
  options: { readonly categorySpend: CategorySpend },
): DescribedSegments {
  requireKnownOptions("describe segments", options, { categorySpend: true });
  const { categorySpend } = options;
  const { now, before, nameOf, judged, choice, model } = segmented;
  const ruleNames = Object.keys(now.rules.counts);
  const ruleNumbers = Int32Array.from(now.rules.names, (name) => ruleNames.indexOf(name));
  const profilesBy = (groups: Int32Array, name: (group: number) => string) =>
    profileGroups(profileColumns(now.customers), {
      groups,
      nameOf: name,
      categorySpend: spendByGroup(now, groups, categorySpend),
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
  const byCluster = named(({ cluster }, i) => (cluster[i] < 0 ? null : nameOf(cluster[i])));
  const movement = { days: epochDay(now.customers.asOf) - epochDay(before.customers.asOf), revenueOf };
  const migration = {
    rule_segment: segmentMigration(...byRule, movement),
    segment_name: segmentMigration(...named(({ cluster }, i) => nameOf(cluster[i])), movement),
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
    profiles: profilesBy(now.cluster, nameOf),
    ruleProfiles: profilesBy(ruleNumbers, (number) => ruleNames[number]),
    clusterRemarks: clusterCountRemarks(choice, model.metrics["customers"]),
    ruleChecks: checkRuleSegments(now.customers, now.rules.names, { rules: model.rules }),
    migration,
    movers: segmentMovers(...byRule, { from: "Champions", revenueOf }),
    drift,
    clusterDrift,
    verdict,
  };
}

function spendByGroup(
  { customers }: Assignments,
  groups: Int32Array,
  spend: CategorySpend,
): Map<number, Map<string, number>> {
  const result = new Map<number, Map<string, number>>();
  customers.ids.forEach((id, i) => {
    const own = result.get(groups[i]) ?? new Map<string, number>();
    for (const [category, amount] of spend.get(id) ?? []) own.set(category, (own.get(category) ?? 0) + amount);
    result.set(groups[i], own);
  });
  return result;
}
