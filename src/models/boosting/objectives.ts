import type { OptionNames } from "../../errors.js";
import type { RegressionObjective } from "./boosting-options.js";
import type { LabelRule } from "./training-data.js";

/** Properties of an objective of a library. */
export interface ObjectiveFacts {
  /** The library's own name. */
  readonly name: string;
  readonly labels: LabelRule;
  /** The metric that is measured by default. */
  readonly metric: string;
}

/** Options of a boosted regression. */
export interface ObjectiveOptions<Objective extends RegressionObjective> {
  /** The loss to minimize; defaults to "squared-error". */
  readonly objective?: Objective | undefined;
  /** Power of the variance for the Tweedie objective, in (1, 2): near 2 spend is like a gamma; defaults to 1.5. */
  readonly tweedieVariancePower?: number | undefined;
}

/** The names of {@link ObjectiveOptions}. */
export const objectiveOptions: OptionNames<ObjectiveOptions<RegressionObjective>> = {
  objective: true,
  tweedieVariancePower: true,
};

/**
 * Returns the objective and the parameters that it takes; both libraries name them alike.
 *
 * @throws {RangeError} If the objective is not one of `objectives`, or the power does not fit it.
 */
export function checkObjective<Objective extends RegressionObjective>(
  action: string,
  { objective = "squared-error" as Objective, tweedieVariancePower: power }: ObjectiveOptions<Objective>,
  objectives: readonly Objective[],
): { objective: Objective; settings: [string, string][] } {
  if (!objectives.includes(objective)) {
    throw new RangeError(`Cannot ${action}: objective is "${objective}"; expected one of ${objectives.join(", ")}`);
  }
  if (power === undefined) return { objective, settings: [] };
  if (objective !== "tweedie") {
    throw new RangeError(
      `Cannot ${action}: tweedieVariancePower is only for the Tweedie objective; use objective: "tweedie"`,
    );
  }
  if (!(power > 1 && power < 2)) {
    throw new RangeError(`Cannot ${action}: tweedieVariancePower is ${power}; expected a number in (1, 2)`);
  }
  return { objective, settings: [["tweedie_variance_power", String(power)]] };
}
