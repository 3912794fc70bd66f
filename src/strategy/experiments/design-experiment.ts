import { type OptionNames, requireKnownOptions } from "../../errors.js";
import { dayBefore } from "../../text/index.js";
import type { ChosenSegment } from "../lists/choose-segment.js";
import type { DrawnGroups } from "./draw-groups.js";
import type { Audience, ExperimentDesign } from "./experiment-design.js";
import { RELIABLE_ARM } from "./reliable-arm.js";

type Derived =
  | "segment"
  | "basis"
  | "startsOn"
  | "endsOn"
  | "beforeDays"
  | "test"
  | "control"
  | "strata"
  | keyof Audience;

/** Facts of an experiment that are fixed when its groups are drawn. */
export interface DesignOptions extends Omit<ExperimentDesign, Derived> {
  readonly segment: ChosenSegment;
  readonly audience: Audience;
  /** First day of the campaign; defaults to the day after `asOf`. */
  readonly startsOn?: string | undefined;
  /** Days of past spend that the readout adjusts for; defaults to twice the horizon. */
  readonly beforeDays?: number | undefined;
}

const designOptions: OptionNames<DesignOptions> = {
  segment: true,
  audience: true,
  startsOn: true,
  beforeDays: true,
  name: true,
  dataset: true,
  datasetSha256: true,
  asOf: true,
  horizonDays: true,
  primaryMetric: true,
  relativeEffect: true,
  alpha: true,
  power: true,
  winsorizeAt: true,
  seed: true,
  testShare: true,
  stratifiedBy: true,
  idColumn: true,
  splitSha256: true,
};

/**
 * Designs an experiment with drawn groups: which days count, and how the result will be read.
 *
 * @throws {RangeError} If it starts on a day whose orders its segment already knows, or is to be decided by spend with groups
 * too small for that.
 */
export function designExperiment(
  { test, control, strata }: Pick<DrawnGroups, "test" | "control" | "strata">,
  options: DesignOptions,
): ExperimentDesign {
  requireKnownOptions("design an experiment", options, designOptions);
  const { segment, audience, startsOn: start, beforeDays, ...fixed } = options;
  const startsOn = start ?? dayBefore(fixed.asOf, -1);
  if (startsOn <= fixed.asOf) {
    throw new RangeError(
      `Cannot start an experiment on ${startsOn}: its segment already knows the orders of that day; use a day after ${fixed.asOf}`,
    );
  }
  if (fixed.primaryMetric === "spend" && Math.min(test, control) < RELIABLE_ARM) {
    throw new RangeError(
      `Cannot make spend the primary metric of "${fixed.name}": with ${test} test and ${control} control customers it has no reliable interval; use --outcome conversion, or groups of at least ${RELIABLE_ARM} customers`,
    );
  }
  return {
    ...fixed,
    segment: segment.name,
    basis: segment.basis,
    startsOn,
    endsOn: dayBefore(startsOn, 1 - fixed.horizonDays),
    beforeDays: beforeDays ?? 2 * fixed.horizonDays,
    test,
    control,
    strata,
    optedOut: audience.optedOut,
    unknownConsent: audience.unknownConsent,
    consentKnown: audience.consentKnown,
  };
}
