import { expect, test } from "vitest";
import { csvField, csvRow } from "../../src/text/csv-text.js";

test("a field is quoted only where a comma, a quote or either line break asks for it", () => {
  expect(["plain; text", "a,b", 'a "b"', "a\nb", "a\rb", ""].map(csvField)).toEqual([
    "plain; text",
    '"a,b"',
    '"a ""b"""',
    '"a\nb"',
    '"a\rb"',
    "",
  ]);
});

test("a row: null and NaN are empty, numbers and booleans as JavaScript writes them", () => {
  expect(csvRow(["a,b", 1.5, true, null, Number.NaN, 0, ""])).toBe('"a,b",1.5,true,,,0,');
});
