import { expect, test } from "vitest";
import { csvField } from "../../src/text/csv-text.js";

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
