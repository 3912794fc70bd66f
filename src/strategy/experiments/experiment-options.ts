import type { OptionNames } from "../../errors.js";
import { normalQuantile, requireFinite } from "../../numeric/index.js";
import { EXPERIMENT_DEFAULTS } from "./experiment-defaults.js";

/** Significance level and power of an experiment. */
export interface PowerOptions {
  /** Chance of seeing a difference where there is none, two-sided, in (0, 1); defaults to 0.05. */
  readonly alpha?: number;
  /** Chance of seeing a difference of the stated size, in (0, 1); defaults to 0.8. */
  readonly power?: number;
}

/** Significance level and power, both given. */
export type LevelAndPower = Required<PowerOptions>;

/** The names of {@link PowerOptions}. */
export const powerOptions: OptionNames<PowerOptions> = { alpha: true, power: true };

/**
 * Returns z(1 - alpha / 2) + z(power), the size in standard errors of a difference that is detected with that power.
 */
export function seenAt(
  caller: string,
  { alpha = EXPERIMENT_DEFAULTS.alpha, power = EXPERIMENT_DEFAULTS.power }: PowerOptions,
): number {
  requireLevels(caller, { alpha, power });
  return normalQuantile(1 - alpha / 2) + normalQuantile(power);
}

/** Throws unless significance level and power are in (0, 1). */
export function requireLevels(caller: string, { alpha, power }: LevelAndPower): void {
  requireShare(caller, "alpha", alpha);
  requireShare(caller, "power", power);
}

/** Throws unless the number is above zero. */
export function requirePositive(caller: string, name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Cannot compute ${caller}: ${name} is ${value}; expected a positive number`);
  }
}

/** Throws unless the number is a correlation that leaves something to chance. */
export function requireCorrelation(caller: string, correlation: number): void {
  if (!(Math.abs(correlation) < 1)) {
    throw new RangeError(`Cannot compute ${caller}: correlation is ${correlation}; expected a number in (-1, 1)`);
  }
}

/** Throws unless the arrays, passed by name, hold amounts from 0. */
export function requireAmounts(caller: string, arrays: Record<string, ArrayLike<number>>): void {
  requireFinite(caller, arrays);
  for (const [name, values] of Object.entries(arrays)) {
    for (let i = 0; i < values.length; ++i) {
      if (values[i] < 0) {
        throw new RangeError(
          `Cannot compute ${caller}: ${name}[${i}] is ${values[i]}; expected amounts from 0, before returns`,
        );
      }
    }
  }
}

/** Throws unless the number is in (0, 1). */
export function requireShare(caller: string, name: string, share: number): void {
  if (!(0 < share && share < 1))
    throw new RangeError(`Cannot compute ${caller}: ${name} is ${share}; expected a share in (0, 1)`);
}
