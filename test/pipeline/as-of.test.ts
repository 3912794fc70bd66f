import { describe, expect, test } from "vitest";
import { requireKnownDay, resolveAsOf } from "../../src/pipeline/as-of.js";

const facts = { lastOrder: "2011-12-09", importedOn: "2026-01-15" };

test("the day asked for comes first, then the dataset's default, then the day of the last order; what was not asked is said", () => {
  const defaultAsOf = "2011-12-01";
  expect(resolveAsOf("2011-06-30", { ...facts, defaultAsOf })).toEqual({ asOf: "2011-06-30", remarks: [] });
  expect(resolveAsOf(undefined, { ...facts, defaultAsOf })).toEqual({
    asOf: "2011-12-01",
    remarks: ["as of 2011-12-01, the dataset's default"],
  });
  expect(resolveAsOf(undefined, facts)).toEqual({
    asOf: "2011-12-09",
    remarks: ["as of 2011-12-09, the day of the last order"],
  });
});

test.each([
  ["2012-01-09", 31, []],
  [
    "2012-01-10",
    32,
    ["warning: 2012-01-10 is 32 days after the last order (2011-12-09), so every customer looks lapsed"],
  ],
])("%s, %d days after the last order", (day, _, remarks) => {
  expect(resolveAsOf(day, facts).remarks).toEqual(remarks);
});

describe("a day that the data cannot know", () => {
  test("is one after the import; the day of the import itself is known", () => {
    expect(requireKnownDay("2026-01-15", facts.importedOn)).toBe("2026-01-15");
    const future = () => resolveAsOf("2026-01-16", facts);
    expect(future).toThrow(RangeError);
    expect(future).toThrow(
      "Cannot use the day 2026-01-16: the data were imported on 2026-01-15; use that day or an earlier one",
    );
  });

  test("is one that no calendar has, also as a default", () => {
    expect(() => resolveAsOf("2011-02-30", facts)).toThrow('Cannot use "2011-02-30" as a day');
    expect(() => resolveAsOf(undefined, { ...facts, defaultAsOf: "soon" })).toThrow('Cannot use "soon" as a day');
  });
});
