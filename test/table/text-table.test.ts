import { expect, test } from "vitest";
import { textTable } from "../../src/table/text-table.js";

test("no rows are no table", () => {
  expect(textTable([])).toBe("");
});

test("columns are as wide as their widest cell, numbers end at one edge, no line ends in blanks", () => {
  const rows = Object.freeze([
    Object.freeze({ name: "demo", rows: "5", note: "" }),
    Object.freeze({ name: "cdnow", rows: "69,659", note: "real" }),
  ]);
  expect(textTable(rows, { numeric: ["rows"] })).toBe(
    ["name     rows  note", "demo        5", "cdnow  69,659  real"].join("\n"),
  );
});

test("numbers in the last column end at one edge too", () => {
  expect(
    textTable(
      [
        { name: "a", n: "5" },
        { name: "b", n: "1,234" },
      ],
      { numeric: ["n"] },
    ),
  ).toBe(["name      n", "a         5", "b     1,234"].join("\n"));
});

test("a long cell is cut, but not in the last column, where it disturbs nobody", () => {
  const long = "x".repeat(70);
  const [, line] = textTable([{ name: long, note: long }]).split("\n");
  expect(line).toBe(`${"x".repeat(59)}…  ${long}`);
});
