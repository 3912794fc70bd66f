import { type OptionNames, requireKnownOptions } from "../errors.js";
import { checkedDay, dayBefore } from "../text/index.js";
import type { History } from "./history.js";

/** The days of one forecasting task as of A with a horizon h; every label is closed on the day where it is used. */
export interface Origins {
  /** Day of the rows to score: A. */
  readonly score: string;
  /** Day of the test rows: A - h, whose labels close at A. */
  readonly test: string;
  /** Day of the validation rows: A - 2h, whose labels close on the day of the test rows. */
  readonly validation: string;
  /** Days to fit on for the choice between models, which the validation rows decide; latest first, from A - 3h. */
  readonly choice: readonly string[];
  /** Days to fit the chosen model on for the test figures: from A - 2h, the day of the validation rows. */
  readonly fit: readonly string[];
  /** Days to fit it on for the scores: from A - h, the day of the test rows. */
  readonly final: readonly string[];
}

/** Horizon, spacing and least history of the origins. */
export interface RollingOriginOptions {
  readonly horizonDays: number;
  /** Days between origins; defaults to 30. */
  readonly stepDays?: number;
  /** Days of history that must lie before an origin; defaults to 60. */
  readonly minHistoryDays?: number;
  /** Customers that must be known at an origin; defaults to 500. */
  readonly minCustomers?: number;
}

/** The names of {@link RollingOriginOptions}. */
export const rollingOriginOptions: OptionNames<RollingOriginOptions> = {
  horizonDays: true,
  stepDays: true,
  minHistoryDays: true,
  minCustomers: true,
};

/**
 * Places the days of a history that belong to a horizon h: score at A = `asOf`, test at A - h, validation at A - 2h, and
 * origins to fit on, which step back from A - 3h, A - 2h and A - h while enough days and customers lie before them.
 *
 * @param history Observations, or any history.
 * @throws {RangeError} If `asOf` is not a calendar day, or `horizonDays` or `stepDays` is not a whole number of at least 1.
 *
 * @example
 * const history = { asOf: "2024-12-31", firstOrderDays: ["2024-01-01"] };
 * rollingOrigins(history, { horizonDays: 90, minCustomers: 1 }).test; // "2024-10-02"
 */
export function rollingOrigins({ asOf, firstOrderDays }: History, options: RollingOriginOptions): Origins {
  requireKnownOptions("place origins", options, rollingOriginOptions);
  const { horizonDays, stepDays = 30, minHistoryDays = 60, minCustomers = 500 } = options;
  for (const [name, days] of Object.entries({ horizonDays, stepDays })) {
    if (!(Number.isInteger(days) && days >= 1)) {
      throw new RangeError(`Cannot place origins: ${name} is ${days}; expected a whole number, at least 1`);
    }
  }
  const back = (days: number) => dayBefore(checkedDay(asOf), days);
  const enough = (day: string) =>
    firstOrderDays.length > 0 &&
    firstOrderDays[0] <= dayBefore(day, minHistoryDays) &&
    countUpTo(firstOrderDays, day) >= minCustomers;
  const origins = (start: number) => {
    const days: string[] = [];
    for (let i = 0; enough(back(start + i * stepDays)); ++i) days.push(back(start + i * stepDays));
    return days;
  };
  return {
    score: asOf,
    test: back(horizonDays),
    validation: back(2 * horizonDays),
    choice: origins(3 * horizonDays),
    fit: origins(2 * horizonDays),
    final: origins(horizonDays),
  };
}

/** How many of the sorted days are not after `day`. */
function countUpTo(days: readonly string[], day: string): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
