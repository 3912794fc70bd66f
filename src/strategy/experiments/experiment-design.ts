import type { SegmentBasis } from "../lists/choose-segment.js";
import type { ArmSizes } from "./arm-sizes.js";
import type { ExperimentPlan } from "./plan-experiment.js";
import type { ArmOfCustomer, Metric } from "./split-experiment.js";
import type { Stratum } from "./strata.js";

/** First and last day of a period, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Customers of a segment, by whether they can be contacted. */
export interface Audience {
  /** Customers who can be contacted. */
  readonly customers: number;
  readonly optedOut: number;
  readonly unknownConsent: number;
  /** False if the dataset does not record consent. */
  readonly consentKnown: boolean;
}

/** A plan for a segment, with the history that its base rates come from. */
export interface PlannedExperiment {
  readonly plan: ExperimentPlan;
  readonly segment: string;
  readonly basis: SegmentBasis;
  readonly asOf: string;
  readonly horizonDays: number;
  /** Days of past spend that the readout adjusts for. */
  readonly beforeDays: number;
  /** Quantile at which spend is capped. */
  readonly winsorizeAt: number;
  readonly audience: Audience;
  /** Customers whose history gave the base rates, and the day they were members of the segment. */
  readonly base: { readonly asOf: string; readonly customers: number };
}

/** An experiment as fixed at split time. */
export interface ExperimentDesign extends ArmSizes {
  readonly name: string;
  readonly dataset: string;
  readonly datasetSha256: string;
  readonly segment: string;
  readonly basis: SegmentBasis;
  /** Day of the segment. */
  readonly asOf: string;
  /** First and last day whose orders count. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly horizonDays: number;
  /** Days of past spend that the readout adjusts for. */
  readonly beforeDays: number;
  readonly primaryMetric: Metric;
  /** Smallest relative change worth a campaign. */
  readonly relativeEffect: number;
  readonly alpha: number;
  readonly power: number;
  /** Quantile at which spend is capped. */
  readonly winsorizeAt: number;
  readonly seed: number;
  /** Requested share of the customers in the test group. */
  readonly testShare: number;
  readonly stratifiedBy: readonly Stratum[];
  readonly strata: readonly ({ readonly stratum: string } & ArmSizes)[];
  readonly optedOut: number;
  readonly unknownConsent: number;
  readonly consentKnown: boolean;
  /** Column of `split.csv` that identifies customers. */
  readonly idColumn: "contact_key" | "customer_id";
  /** sha256 of `split.csv`. */
  readonly splitSha256: string;
}

/** An experiment and its customers. */
export interface ExperimentSplitFiles {
  readonly design: ExperimentDesign;
  readonly rows: readonly ArmOfCustomer[];
  /** True if `split.csv` was changed after the split. */
  readonly changed: boolean;
}
