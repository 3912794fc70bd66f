import { describe, expect, test } from "vitest";
import {
  checkedDay,
  dateOfEpochDay,
  dayBefore,
  epochDay,
  isCalendarDay,
  lastDayOfMonth,
  weekdayOfEpochDay,
} from "../../src/text/calendar-day.js";

describe("a calendar day", () => {
  test("is one that exists, written in full", () => {
    expect(["2024-02-29", "1970-01-01", "0001-01-01"].map(isCalendarDay)).toEqual([true, true, true]);
    const wrong = ["2023-02-29", "2024-13-01", "2024-1-1", "2024-01-01T00:00", "soon", "", 20240101, null];
    expect(wrong.filter(isCalendarDay)).toEqual([]);
    expect(() => checkedDay("2023-02-30")).toThrow(RangeError);
    expect(() => epochDay("2023-02-30")).toThrow('Cannot use "2023-02-30" as a day');
  });

  test("may be counted, to and fro", () => {
    expect(epochDay("1970-01-02")).toBe(1);
    expect(dateOfEpochDay(epochDay("2024-02-29"))).toBe("2024-02-29");
    expect(dayBefore("2024-03-01", 1)).toBe("2024-02-29");
    expect(dayBefore("2024-02-29", -366)).toBe("2025-03-01");
    // The first day of the count was a Thursday.
    expect([0, -1, -3, -4].map(weekdayOfEpochDay)).toEqual([3, 2, 0, 6]);
  });

  test("has a last day of its month", () => {
    const days = ["2024-02-01", "2023-02-28", "2025-12-31", "2025-04-30"];
    expect(days.map(lastDayOfMonth)).toEqual(["2024-02-29", "2023-02-28", "2025-12-31", "2025-04-30"]);
    expect(() => lastDayOfMonth("2025-04")).toThrow('Cannot use "2025-04" as a day');
  });
});
