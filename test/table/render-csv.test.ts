import { expect, test } from "vitest";
import { renderCsv } from "../../src/table/index.js";

test("renderCsv: raw values under the names of columns, unknown ones empty", () => {
  const table = {
    columns: [
      { name: "segment", title: "Segment", format: { kind: "segment" } as const },
      { name: "share", format: { kind: "percent" } as const },
    ],
    rows: [
      ["Champions, or more", 0.12345678],
      [{ value: null }, Number.NaN],
      [null, { value: 12_000, format: { kind: "count" } as const }],
    ],
  };
  expect(renderCsv(table)).toBe('segment,share\n"Champions, or more",0.12345678\n,\n,12000\n');
});

test("renderCsv: rows in the order of the table, without the total", () => {
  const table = { columns: [{ name: "k" }], rows: [[4], [3]], total: [7], sort: { column: "k" } };
  expect(renderCsv(table)).toBe("k\n3\n4\n");
});
