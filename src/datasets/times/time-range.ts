import { DAY_MS } from "../../text/index.js";
import type { ColumnContract } from "../import/contract.js";

/** Days within which the times of a column are plausible, `YYYY-MM-DD`. */
export interface TimeRange {
  readonly first: string;
  readonly last: string;
}

/** Days of all times that four digits of a year can say. */
export const ANY_TIME: TimeRange = { first: "1000-01-01", last: "9999-12-31" };

/** The first day on which what a shop records can have happened. */
const FIRST_EVENT = "1970-01-01";
/** Days after the import to which a clock that runs ahead, or another time zone, may reach. */
const TOLERATED_DAYS = 1;

/**
 * Returns the days within which the times of a column are plausible: what happened did so from 1970 to the day after the
 * import; a plan or a founding may lie a century apart.
 */
export function timeRange({ type, past }: ColumnContract, now: Date): TimeRange {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  if (past || type === "timestamp")
    return { first: FIRST_EVENT, last: day(new Date(now.getTime() + TOLERATED_DAYS * DAY_MS)) };
  return { first: "1800-01-01", last: `${now.getUTCFullYear() + 100}-12-31` };
}

/** Returns SQL that is true for a plausible time; null for null. */
export function isWithin(time: string, { first, last }: TimeRange): string {
  return `(${time} >= TIMESTAMP '${first} 00:00:00' AND ${time} < TIMESTAMP '${last} 00:00:00' + INTERVAL 1 DAY)`;
}
