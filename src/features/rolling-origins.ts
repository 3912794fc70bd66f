import { checkedDay, dayBefore } from "../text/index.js";

/** The cuts of one forecasting task, all of whose labels are closed when they are used. */
export interface Cuts {
  /** Where the score rows stand: A. */
  readonly score: string;
  /** A - h: judged by labels that close at A. */
  readonly test: string;
  /** A - 2h. */
  readonly validation: string;
  /** Origins whose labels are closed at A - 2h, for the choice between models; latest first. */
  readonly choice: readonly string[];
  /** Origins whose labels are closed at A - h, for the test figures. */
  readonly fit: readonly string[];
  /** Origins whose labels are closed at A, for the scores. */
  readonly final: readonly string[];
}

/** Horizon, spacing and least history of the origins. */
export interface RollingOriginOptions {
  readonly horizonDays: number;
  /** Customers with an order on or before each day of `firstOrderDays`: the sorted days of first orders, ISO. */
  readonly firstOrderDays: readonly string[];
  /** Days between origins; defaults to 30. */
  readonly stepDays?: number;
  /** Days of history that must lie before an origin; defaults to 60. */
  readonly minHistoryDays?: number;
  /** Customers that must be known at an origin; defaults to 500. */
  readonly minCustomers?: number;
}

/**
 * The cuts that belong to `asOf` and a horizon h: score at A, test at A - h, validation at A - 2h, and origins that step
 * back from A - 3h, A - 2h and A - h while enough history and customers lie before them.
 *
 * @throws {RangeError} If `asOf` is no calendar day, or `horizonDays` or `stepDays` is not a whole number from 1.
 *
 * @example
 * rollingOrigins("2024-12-31", {horizonDays: 90, firstOrderDays: ["2024-01-01"], minCustomers: 1}).test;
 * // "2024-10-02"
 */
export function rollingOrigins(
  asOf: string,
  { horizonDays, firstOrderDays, stepDays = 30, minHistoryDays = 60, minCustomers = 500 }: RollingOriginOptions,
): Cuts {
  for (const [name, days] of Object.entries({ horizonDays, stepDays })) {
    if (!(Number.isInteger(days) && days >= 1)) {
      throw new RangeError(`Cannot place origins: ${name} is ${days}, a whole number from 1 is needed`);
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
