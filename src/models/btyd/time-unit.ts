/** The unit in which a model counts time: that of `t_x` and `T`. Discrete models count purchase opportunities. */
export type TimeUnit = "days" | "weeks" | "opportunities";

/** A span of future time, with its unit. A month is 365.25 / 12 days. */
export interface Horizon {
  readonly value: number;
  readonly unit: TimeUnit | "months" | "years";
}

const DAYS = { days: 1, weeks: 7, months: 365.25 / 12, years: 365.25 };

/**
 * Converts a horizon into the unit of a model.
 *
 * @throws {RangeError} If the value is not a number from 0, or calendar time meets purchase opportunities.
 *
 * @example
 * horizonIn("weeks", { value: 14, unit: "days" }); // 2
 * horizonIn("days", { value: 1, unit: "years" }); // 365.25
 */
export function horizonIn(unit: TimeUnit, horizon: Horizon): number {
  const { value } = horizon;
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `Cannot convert the horizon: horizon is ${value} ${horizon.unit}; expected a finite number of at least 0`,
    );
  }
  if (horizon.unit === unit) {
    if (unit === "opportunities" && !Number.isInteger(value)) {
      throw new RangeError(`Cannot convert the horizon: horizon is ${value} opportunities; expected an integer`);
    }
    return value;
  }
  if (unit === "opportunities" || horizon.unit === "opportunities") {
    throw new RangeError(
      `Cannot convert the horizon: horizon is in "${horizon.unit}" and the model in "${unit}"; use ${unit} for both`,
    );
  }
  if (!(horizon.unit in DAYS)) {
    throw new RangeError(
      `Cannot convert the horizon: the unit of the horizon is "${horizon.unit}"; expected days, weeks, months or years`,
    );
  }
  return (value * DAYS[horizon.unit]) / DAYS[unit];
}

/** Returns the days in one unit of a model's time. */
export function daysPer(unit: Exclude<TimeUnit, "opportunities">): number {
  return DAYS[unit];
}
