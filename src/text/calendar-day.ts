/** Milliseconds of a day in UTC. */
export const DAY_MS = 86_400_000;

/** Returns true for a valid calendar day, as `YYYY-MM-DD`. */
export function isCalendarDay(day: unknown): day is string {
  if (typeof day !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day;
}

/**
 * Returns the given day if it is a valid calendar day, as `YYYY-MM-DD`.
 *
 * @throws {RangeError} If it is not a calendar day.
 */
export function checkedDay(day: string): string {
  if (!isCalendarDay(day)) {
    throw new RangeError(`Cannot use "${day}" as a day; expected a calendar day as YYYY-MM-DD`);
  }
  return day;
}

/** Returns the calendar day `days` before `day`; negative days go forward. */
export function dayBefore(day: string, days: number): string {
  return dateOfEpochDay(epochDay(day) - days);
}

/**
 * Returns the number of days from 1970-01-01 to a day.
 *
 * @throws {RangeError} If it is not a valid calendar day.
 */
export function epochDay(day: string): number {
  return Date.parse(`${checkedDay(day)}T00:00:00Z`) / DAY_MS;
}

/** Returns the day, `YYYY-MM-DD`, of a number of days since 1970-01-01. */
export function dateOfEpochDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Returns the weekday: 0 for Monday ... 6 for Sunday. */
export function weekdayOfEpochDay(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * Returns the last day of the month of a day.
 *
 * @throws {RangeError} If it is not a valid calendar day.
 *
 * @example
 * lastDayOfMonth("2024-02-10"); // "2024-02-29"
 */
export function lastDayOfMonth(day: string): string {
  const [year, month] = checkedDay(day).split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
