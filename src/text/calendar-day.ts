const millisecondsPerDay = 86_400_000;

/** True of a calendar day that exists, as `YYYY-MM-DD`. */
export function isCalendarDay(day: unknown): day is string {
  if (typeof day !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day;
}

/**
 * A calendar day that exists, as `YYYY-MM-DD`.
 *
 * @throws {RangeError} If it is not a calendar day.
 */
export function checkedDay(day: string): string {
  if (!isCalendarDay(day)) {
    throw new RangeError(`Cannot use "${day}" as a day: a calendar day as YYYY-MM-DD is needed`);
  }
  return day;
}

/** The calendar day `days` before `day`; negative days go forward. */
export function dayBefore(day: string, days: number): string {
  return dateOfEpochDay(Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay - days);
}

/**
 * Days from 1970-01-01 to a day.
 *
 * @throws {RangeError} If it is no calendar day.
 */
export function epochDay(day: string): number {
  return Date.parse(`${checkedDay(day)}T00:00:00Z`) / millisecondsPerDay;
}

/** The day, `YYYY-MM-DD`, so many days after 1970-01-01. */
export function dateOfEpochDay(day: number): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** 0 for a Monday ... 6 for a Sunday. */
export function weekdayOfEpochDay(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
