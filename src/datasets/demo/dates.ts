/**
 * Days from 1970-01-01 to a date written `YYYY-MM-DD`.
 *
 * @throws {RangeError} If the text is no such date.
 */
export function epochDay(date: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || dateOfEpochDay(time / 86_400_000) !== date) {
    throw new RangeError(`Cannot read a date: it is "${date}", a day such as "2025-12-31" is needed`);
  }
  return time / 86_400_000;
}

/** The date, `YYYY-MM-DD`, so many days after 1970-01-01. */
export function dateOfEpochDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** 0 for a Monday ... 6 for a Sunday. */
export function weekdayOfEpochDay(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
