import { requireInteger } from "../../numeric/index.js";
import { type ArmSizes, armSizes } from "./arm-sizes.js";
import { EXPERIMENT_DEFAULTS } from "./experiment-defaults.js";
import { type LevelAndPower, type PowerOptions, requirePositive } from "./experiment-options.js";
import { RELIABLE_ARM } from "./reliable-arm.js";

/** Options for planning an experiment. */
export interface PlanOptions extends PowerOptions {
  /** Change that should be seen, relative; defaults to 0.05. */
  readonly relativeEffect?: number;
  /** Share of the customers in the test group, in (0, 1); defaults to 0.5. */
  readonly testShare?: number;
  /** Customers who could take part; defaults to the number of rows. */
  readonly customers?: number;
  /**
   * Share of the customers whose spend stays as it is; 1 cuts nothing. Defaults to 0.99. Where so few buy that the cut
   * would be below every purchase nothing is cut.
   */
  readonly winsorizeAt?: number;
  /** Customers per arm from which the interval of uncapped spend is trusted; defaults to 1000. */
  readonly reliableFrom?: number;
}

/** Arms, effect and levels of a plan, the same for every measure. */
export interface PlanDesign extends LevelAndPower {
  readonly arms: ArmSizes;
  readonly relativeEffect: number;
  readonly reliableFrom: number;
}

/** Fills in the options of a plan and checks them. @throws {RangeError} If one is out of range, or an arm would be empty. */
export function planDesign(
  caller: string,
  {
    customers,
    relativeEffect = EXPERIMENT_DEFAULTS.relativeEffect,
    testShare = EXPERIMENT_DEFAULTS.testShare,
    reliableFrom = RELIABLE_ARM,
    alpha = EXPERIMENT_DEFAULTS.alpha,
    power = EXPERIMENT_DEFAULTS.power,
  }: PlanOptions & { readonly customers: number },
): PlanDesign {
  requirePositive(caller, "relativeEffect", relativeEffect);
  requireInteger(caller, "reliableFrom", reliableFrom, 2);
  return { arms: armSizes(customers, testShare, "plan"), relativeEffect, alpha, power, reliableFrom };
}
