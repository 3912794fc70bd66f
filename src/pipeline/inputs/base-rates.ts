import type { TrustedDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import { contactableAt, dayBefore, type ReturnsPolicy, spendBetween } from "../../features/index.js";
import {
  type Customers,
  customersOf,
  fitRulesOf,
  REQUIRED_FEATURES,
  type SegmentationModel,
  type SegmentRule,
  segmentMembers,
  segmentRulesOf,
} from "../../segmentation/index.js";
import {
  type ChosenSegment,
  type PlannedExperiment,
  type PlannedMeasure,
  planExperiment,
} from "../../strategy/index.js";
import { numberTexts } from "../../table/index.js";
import { recordedReturns } from "../artifacts/manifest.js";
import { segmentAssignments } from "../artifacts/segment-assignments.js";
import type { StageWork } from "../stage.js";
import type { OpenedAudience } from "./audience.js";

/** Spend of a segment's customers without a campaign. */
export interface BaseRates {
  /** Spend over one horizon, shape (n,). */
  readonly spend: Float64Array;
  /** Spend before it, shape (n,). */
  readonly spendBefore: Float64Array;
  readonly base: PlannedExperiment["base"];
}

/** Thrown if a segment had too few customers one horizon ago to measure base rates. */
export class NoBaseRatesError extends RangeError {
  override readonly name = "NoBaseRatesError";
}

/**
 * Measures base rates: the spend, over one horizon, of the customers who were in the segment when it began.
 *
 * @throws {NoBaseRatesError} If fewer than two customers were in it.
 */
export async function measureBaseRates(
  work: StageWork,
  { model, segment, observations }: OpenedAudience,
  { horizonDays, beforeDays }: { readonly horizonDays: number; readonly beforeDays: number },
): Promise<BaseRates> {
  const { asOf, say, dataset } = work;
  const day = dayBefore(asOf, horizonDays);
  const returns = recordedReturns(work.manifest(segmentAssignments));
  const members = await membersAt(work.engine, dataset.trusted, { segment, model, returns, day });
  if (members.length < 2) {
    throw new NoBaseRatesError(
      `Cannot measure the base rates of "${segment.name}" over ${horizonDays} days: ${members.length} customers were in it on ${day}; lower --horizon-days until the segment has at least 2, or plan from figures (--customers and --rate)`,
    );
  }
  const { count } = numberTexts(dataset.trusted.settings);
  say(`base rates: ${count(members.length)} customers of ${day}, ${horizonDays} days to ${asOf}`);
  if (members.length < 100) say(`warning: base rates of ${members.length} customers are imprecise`);
  const spendIn = (from: string, to: string) => spendBetween(observations.engine, members, { from, to });
  return {
    spend: await spendIn(dayBefore(day, -1), asOf),
    spendBefore: await spendIn(dayBefore(day, beforeDays - 1), day),
    base: { asOf: day, customers: members.length },
  };
}

/** A segment on an earlier day. */
export interface SegmentAt {
  readonly segment: ChosenSegment;
  readonly model: SegmentationModel;
  readonly returns: ReturnsPolicy;
  readonly day: string;
}

/**
 * Finds the customers who were in a segment on an earlier day and can be contacted. What they did since is what the segment
 * of today will do without a campaign; what today's members did before is not, since it put them into the segment.
 */
export async function membersAt(
  engine: Engine,
  dataset: TrustedDataset,
  { segment, model, returns, day }: SegmentAt,
): Promise<string[]> {
  const ofModel = segment.basis === "cluster" ? model.scaler.map(({ name }) => name) : [];
  const features = [...new Set([...REQUIRED_FEATURES, ...ofModel])];
  const { ids, columns, contactable } = await contactableAt(engine, dataset, { day, features, returns });
  const { name, basis } = segment;
  if (basis === "everyone") return ids.filter((_, row) => contactable[row]);
  const customers = customersOf(columns, { ids, asOf: day });
  return segmentMembers(customers, { ...model, rules: rulesAt(customers, model, dataset) }, { name, basis })
    .filter((row) => contactable[row])
    .map((row) => ids[row]);
}

/** The rules of the segments, or those of the earlier day where their limits were fitted after it. */
function rulesAt(
  customers: Customers,
  model: SegmentationModel,
  { settings }: Pick<TrustedDataset, "settings">,
): readonly SegmentRule[] {
  if (model.rulesAsOf === undefined || model.rulesAsOf <= customers.asOf) return model.rules;
  return segmentRulesOf({ ...settings.segments, rules: "fitted" }, { fitted: fitRulesOf(customers).rules });
}

/** Options of a plan and of a split that decide what can be detected. */
export interface PlanRequest {
  readonly testShare: number;
  readonly relativeEffect: number;
  readonly alpha: number;
  readonly power: number;
  readonly winsorize: number;
  readonly horizonDays?: number;
  readonly beforeDays?: number;
}

/** Plans a test on an audience by the base rates of its segment. @throws {NoBaseRatesError} If there are none. */
export async function planAudience(
  work: StageWork,
  opened: OpenedAudience,
  { testShare, relativeEffect, alpha, power, winsorize, ...given }: PlanRequest,
): Promise<PlannedExperiment> {
  const { asOf, dataset } = work;
  const { segment, audience } = opened;
  const horizonDays = given.horizonDays ?? dataset.trusted.settings.strategy.horizon_days;
  const beforeDays = given.beforeDays ?? 2 * horizonDays;
  const { base, spend, spendBefore } = await measureBaseRates(work, opened, { horizonDays, beforeDays });
  const plan = planExperiment(
    { spend, spendBefore },
    { customers: audience.customers, testShare, relativeEffect, alpha, power, winsorizeAt: winsorize },
  );
  const { name, basis } = segment;
  return { plan, segment: name, basis, asOf, horizonDays, beforeDays, winsorizeAt: winsorize, audience, base };
}

/** Returns what a test on an audience can detect in its primary metric; undefined without base rates. */
export async function detectableChange(
  work: StageWork,
  opened: OpenedAudience,
  { outcome, ...request }: PlanRequest & { readonly outcome: "conversion" | "spend" },
): Promise<PlannedMeasure | undefined> {
  try {
    const { plan } = await planAudience(work, opened, request);
    return outcome === "conversion" ? plan.measures[0] : (plan.spend ?? undefined);
  } catch (error) {
    if (!(error instanceof NoBaseRatesError)) throw error;
    work.say(`warning: ${error.message}`);
    return undefined;
  }
}
