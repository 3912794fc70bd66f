import { dateOfEpochDay, epochDay, weekdayOfEpochDay } from "../../text/index.js";
import { demoParameters } from "./parameters.js";
import { demoPromotions, type Promotion } from "./promotions.js";

/** Days of calendar after the last day of data: the truth looks one year ahead. */
export const daysAhead = 365;

/** Calendar shared by all customers. Day 0 is the first day of the data. */
export interface DemoCalendar {
  /** Days of data; the last one is `days` - 1. */
  readonly days: number;
  /** First day after the change of behaviour; infinite in a stationary demo. */
  readonly changeDay: number;
  /** Sales and offers from the burn-in until {@link daysAhead} after the end, in order of their first day. */
  readonly promotions: readonly Promotion[];
  /** The offers among them, up to the last day. */
  readonly campaigns: readonly Promotion[];
  /** The sale that runs on each day, if one does. */
  readonly saleOn: readonly (Promotion | undefined)[];
  /** Purchase clock: sum of w over the days before each day; `days` + {@link daysAhead} + 1 entries. */
  readonly baseClock: Float64Array;
  /** Sum of w d / 0.2, where d is the discount rate of the running sale. */
  readonly saleClock: Float64Array;
  /** Sum of the acquisition density from the burn-in's first day; entry i belongs to day i - burnInDays. */
  readonly acquisitionClock: Float64Array;
  /** Dates `YYYY-MM-DD` of day 0 ... `days` + 60: returns after the last day are drawn, then dropped. */
  readonly dates: readonly string[];
  /** True on Sundays, when stores are closed. */
  isSunday(day: number): boolean;
  /** Returns the date of a day; days before the data are negative. */
  dateOf(day: number): string;
}

/** Builds the calendar of a demo whose last day is `endOn`. */
export function demoCalendar(endOn: string, days: number, { stationary }: { stationary: boolean }): DemoCalendar {
  const { burnInDays, growthPerYear } = demoParameters.start;
  const first = epochDay(endOn) - days + 1;
  const changeDay = stationary ? Number.POSITIVE_INFINITY : days - 1 - demoParameters.change.daysBeforeEnd;
  const promotions = demoPromotions(first, -burnInDays, days - 1 + daysAhead);
  const saleOn: (Promotion | undefined)[] = Array.from({ length: days + daysAhead });
  for (const promotion of promotions) {
    if (promotion.kind !== "sale") continue;
    for (let day = Math.max(0, promotion.startDay); day <= promotion.endDay; ++day) saleOn[day] = promotion;
  }
  const season = seasonOf(first);
  const baseClock = new Float64Array(days + daysAhead + 1);
  const saleClock = new Float64Array(days + daysAhead + 1);
  for (let day = 0; day < days + daysAhead; ++day) {
    const w = season(day) * (day >= changeDay ? demoParameters.change.purchaseRate : 1);
    baseClock[day + 1] = baseClock[day] + w;
    saleClock[day + 1] = saleClock[day] + (w * (saleOn[day]?.discountRate ?? 0)) / 0.2;
  }
  const acquisitionClock = new Float64Array(burnInDays + days + 1);
  for (let i = 0; i < burnInDays + days; ++i) {
    const growth = stationary ? 1 : Math.exp((growthPerYear * (i - burnInDays)) / 365.25);
    acquisitionClock[i + 1] = acquisitionClock[i] + season(i - burnInDays) * growth;
  }
  return {
    days,
    changeDay,
    promotions,
    campaigns: promotions.filter(({ kind, startDay }) => kind !== "sale" && startDay < days),
    saleOn,
    baseClock,
    saleClock,
    acquisitionClock,
    dates: Array.from({ length: days + 60 }, (_, day) => dateOfEpochDay(first + day)),
    isSunday: (day) => weekdayOfEpochDay(first + day) === 6,
    dateOf: (day) => dateOfEpochDay(first + day),
  };
}

/** Returns the relative purchase rate by day: month times weekday, each scaled to a mean of 1. */
export function seasonOf(firstEpochDay: number): (day: number) => number {
  const { month, weekday } = demoParameters.season;
  const monthDays = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const monthMean = month.reduce((sum, factor, m) => sum + factor * monthDays[m], 0) / 365.25;
  const weekdayMean = weekday.reduce((sum, factor) => sum + factor, 0) / 7;
  return (day) => {
    const m = Number(dateOfEpochDay(firstEpochDay + day).slice(5, 7)) - 1;
    return ((month[m] / monthMean) * weekday[weekdayOfEpochDay(firstEpochDay + day)]) / weekdayMean;
  };
}

/** Returns the (fractional) day at which a clock reaches `value`, by linear interpolation within a day. */
export function dayAtClock(clock: Float64Array, value: number): number {
  let low = 0;
  let high = clock.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (clock[middle] <= value) low = middle;
    else high = middle;
  }
  return low + (value - clock[low]) / (clock[high] - clock[low]);
}

/** Returns the reading of a clock at a (fractional) day. */
export function clockAtDay(clock: Float64Array, day: number): number {
  const whole = Math.min(Math.floor(day), clock.length - 2);
  return clock[whole] + (day - whole) * (clock[whole + 1] - clock[whole]);
}
