import { requireKnownOptions } from "../errors.js";
import type { Label } from "./labels.js";
import type { FeaturesRequest, Observations } from "./observations.js";
import type { LabelledRows } from "./observed-rows.js";
import { type Origins, type RollingOriginOptions, rollingOriginOptions, rollingOrigins } from "./rolling-origins.js";

/** Rows to fit on, rows of a later day to choose by, and rows of a still later day to judge by. */
export interface TimeSplit {
  readonly train: LabelledRows;
  readonly validation: LabelledRows;
  readonly test: LabelledRows;
  readonly origins: Origins;
}

/** The label, the features, and where the origins lie. */
export interface TimeSplitOptions extends Pick<FeaturesRequest, "features">, Omit<RollingOriginOptions, "horizonDays"> {
  readonly label: Label;
}

/**
 * Observes customers on the days of {@link rollingOrigins} with the horizon of the label: train at `choice`, validation
 * at A - 2h, test at A - h.
 *
 * @throws {RangeError} If no origin has enough history to fit on.
 */
export async function timeSplit(observations: Observations, options: TimeSplitOptions): Promise<TimeSplit> {
  const { horizonDays: _, ...spacing } = rollingOriginOptions;
  requireKnownOptions("split in time", options, { ...spacing, label: true, features: true });
  const { label, features = "all", ...given } = options;
  const origins = rollingOrigins(observations, { ...given, horizonDays: label.horizonDays });
  const { choice, validation, test } = origins;
  if (!choice.length) {
    throw new RangeError(
      `Cannot split in time: before ${validation} no day has a closed horizon of ${label.horizonDays} days and enough history; use a shorter horizon, a later as_of, or smaller minHistoryDays and minCustomers`,
    );
  }
  const rows = await observations.rows({ at: [...choice, validation, test], features, label });
  return { train: rows.at(choice), validation: rows.at(validation), test: rows.at(test), origins };
}
