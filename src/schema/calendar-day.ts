import { Type } from "typebox";

/**
 * Declares a calendar day as `YYYY-MM-DD`.
 *
 * @param keywords Further keywords of the schema.
 *
 * @example
 * fits(calendarDay(), "2026-02-30"); // false
 */
export function calendarDay(keywords: object = {}) {
  return Type.String({ format: "date", expected: "a calendar day as YYYY-MM-DD", ...keywords });
}
