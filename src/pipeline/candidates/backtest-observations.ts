import { requireKnownOptions } from "../../errors.js";
import { type BacktestOptions, type BacktestTable, backtest, type Candidate } from "../../evaluation/index.js";
import { type FeaturesRequest, type Label, type Observations, rollingOrigins } from "../../features/index.js";
import type { CandidateRows } from "./candidate-rows.js";
import { observeCandidateRows } from "./observe-candidate-rows.js";

/** Options for {@link backtestObservations}. */
export interface BacktestObservationsOptions
  extends Omit<BacktestOptions<CandidateRows>, "groups" | "origins">,
    Pick<FeaturesRequest, "features"> {
  /** What is predicted; its horizon places the days. */
  readonly label: Label;
  /** Rounds of days; defaults to one that ends at the day of the observations. */
  readonly origins?: BacktestOptions<CandidateRows>["origins"];
}

/**
 * Judges candidates on a dataset: fits them on earlier days, and compares their losses on the validation and the test day
 * of each origin. Rows carry features, label and purchase history, and are drawn by customer.
 *
 * @throws {RangeError} If a horizon is not closed, the history is too short to fit on, or as `backtest` does.
 */
export async function backtestObservations(
  observations: Observations,
  candidates: readonly Candidate<CandidateRows>[],
  options: BacktestObservationsOptions,
): Promise<BacktestTable> {
  requireKnownOptions("backtest", options, {
    ...{ label: true, features: true, origins: true, loss: true, seed: true, baseline: true, level: true },
    ...{ nResamples: true, threads: true, onProgress: true, signal: true },
  });
  const { label, features = "all", ...given } = options;
  const { origins = [rollingOrigins(observations, { horizonDays: label.horizonDays })] } = given;
  const at = [
    ...new Set(origins.flatMap(({ choice, validation, fit, test }) => [...choice, validation, ...fit, test])),
  ];
  const rowsAt = await observeCandidateRows(observations, { at, features, label });
  return backtest(candidates, rowsAt, { ...given, origins, groups: ({ customerIds }) => customerIds });
}
