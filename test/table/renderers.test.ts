import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import {
  createTable,
  type DataTable,
  renderHtmlTable,
  renderMarkdownTable,
  renderText,
  tableRecords,
} from "../../src/table/index.js";

const gbp = { locale: "en-GB", currency: "GBP" };
const EVIL = '<img src=x onerror="alert(1)">|`*_';
const HEBREW = "לקוח \u202eעברית";

const table: DataTable = {
  caption: "Spend",
  columns: [
    { name: "name", title: "Customer" },
    { name: "spend", title: "Spend", format: { kind: "money" } },
    { name: "weight", format: { kind: "number", digits: 2, trim: true } },
  ],
  rows: [
    ["a", -1234.5, 2],
    ["b", null, 2.25],
    [EVIL, Number.NaN, Number.POSITIVE_INFINITY],
    [null, 7, { value: 0.5, format: { kind: "percent", digits: 0 } }],
  ],
  total: ["all", -1227.5, null],
};
const empty: DataTable = { columns: [{ name: "a" }, { name: "b", format: { kind: "count" } }], rows: [] };

const dom = (source: string) => new JSDOM(source).window.document;
const texts = (elements: Iterable<Element>) => Array.from(elements, (element) => element.textContent);

describe("renderText", () => {
  it("aligns numbers by their decimal point, writes unknown numbers as a dash and unknown texts as nothing", () => {
    expect(renderText({ ...table, rows: table.rows.filter((_, i) => i !== 2) }, gbp)).toBe(
      [
        "Spend",
        "Customer       Spend  weight",
        "a         −£1,234.50    2   ",
        "b               –       2.25",
        "               £7.00  50%   ",
        "all       −£1,227.50    –   ",
      ]
        .map((line) => line.trimEnd())
        .join("\n"),
    );
  });

  it("shows an empty table as its heading", () => {
    expect(renderText(empty)).toBe("a  b");
    expect(renderText({ columns: [], rows: [] })).toBe("");
  });

  it("cuts long texts, but not those of the last column", () => {
    const long = "x".repeat(80);
    const [, line] = renderText({ columns: [{ name: "a" }, { name: "b" }], rows: [[long, long]] }).split("\n");
    expect(line).toBe(`${"x".repeat(59)}…  ${long}`);
  });

  it("prints no control characters, and no marks that reverse what follows", () => {
    const line = renderText({ columns: [{ name: "a" }], rows: [["\u001b[2Jtwo\n lines"], [HEBREW]] });
    expect(line).toBe("a\n[2Jtwo lines\nלקוח עברית");
  });

  it("counts wide characters as two columns", () => {
    const rows = [
      ["日本", 1],
      ["abcd", 2],
    ];
    expect(renderText({ columns: [{ name: "a" }, { name: "n", format: { kind: "count" } }], rows })).toBe(
      "a     n\n日本  1\nabcd  2",
    );
  });

  it("says how many rows and columns do not fit", () => {
    const wide = {
      columns: ["a", "b", "c"].map((name) => ({ name })),
      rows: Array.from({ length: 5 }, () => "123".split("")),
    };
    expect(renderText(wide, { maxRows: 2, maxWidth: 6 })).toBe("a  b\n1  2\n1  2\n3 more rows, 1 more column");
  });
});

describe("renderMarkdownTable", () => {
  it("escapes names, aligns numbers to the right and ends with the total", () => {
    expect(renderMarkdownTable(table, gbp).split("\n")).toEqual([
      "| Customer | Spend | weight |",
      "| --- | ---: | ---: |",
      "| a | −£1,234.50 | 2 |",
      "| b | – | 2.25 |",
      '| \\<img src=x onerror="alert(1)"\\>\\|\\`\\*\\_ | – | ∞ |',
      "|  | £7.00 | 50% |",
      "| all | −£1,227.50 | – |",
    ]);
  });

  it("shows an empty table as its heading", () => {
    expect(renderMarkdownTable(empty)).toBe("| a | b |\n| --- | ---: |");
  });
});

describe("renderHtmlTable", () => {
  it("escapes names, headings and the caption", () => {
    const hostile = { caption: EVIL, columns: [{ name: EVIL }], rows: [[EVIL]], total: [EVIL] };
    const page = dom(renderHtmlTable(hostile).source);
    expect(page.querySelectorAll("img")).toHaveLength(0);
    expect(texts(page.querySelectorAll("caption, th"))).toEqual([EVIL, EVIL, EVIL, EVIL]);
  });

  it("has a caption, headings with a scope, and a frame that can be reached and is named", () => {
    const page = dom(renderHtmlTable(table, gbp).source);
    const frame = page.querySelector("div");
    expect([frame?.getAttribute("role"), frame?.getAttribute("aria-label"), frame?.tabIndex]).toEqual([
      "region",
      "Spend",
      0,
    ]);
    expect(texts(page.querySelectorAll('thead th[scope="col"]'))).toEqual(["Customer", "Spend", "weight"]);
    expect(texts(page.querySelectorAll('th[scope="row"]'))).toEqual(["a", "b", EVIL, "", "all"]);
    expect(texts(page.querySelectorAll("tfoot tr > *:first-child"))).toEqual(["all"]);
  });

  it("carries the raw numbers, and pads decimals so that the points are below each other", () => {
    const page = dom(renderHtmlTable(table, gbp).source);
    const cells = [...page.querySelectorAll("tbody td:nth-child(3)")];
    expect(cells.map((cell) => cell.getAttribute("data-value"))).toEqual(["2", "2.25", "Infinity", "0.5"]);
    expect(cells[0].textContent).toBe("2\u2007\u2007\u2008");
    expect(cells[1].textContent).toBe("2.25");
  });

  it("shows an empty table as its heading", () => {
    const page = dom(renderHtmlTable(empty).source);
    expect(texts(page.querySelectorAll("th"))).toEqual(["a", "b"]);
    expect(page.querySelectorAll("tbody tr")).toHaveLength(0);
  });

  it("does not make a column of numbers the heading of rows", () => {
    const page = dom(renderHtmlTable({ columns: [{ name: "k", format: { kind: "count" } }], rows: [[3]] }).source);
    expect(page.querySelector("tbody td.n")?.textContent).toBe("3");
  });
});

describe("sort", () => {
  const sorted: DataTable = { ...table, sort: { column: "spend", descending: true } };

  it("orders the rows of every renderer, unknown values last, the total where it was", () => {
    const names = ["", "a", "b", EVIL, "all"];
    const page = dom(renderHtmlTable(sorted, gbp).source);
    expect(texts(page.querySelectorAll('th[scope="row"]'))).toEqual(names);
    expect(page.querySelector('[aria-sort="descending"]')?.textContent).toBe("Spend");
    expect(
      renderMarkdownTable(sorted, gbp)
        .split("\n")
        .map((line) => line.split(" ")[1]),
    ).toEqual(["Customer", "---", "", "a", "b", "\\<img", "all"]);
    expect(renderText(sorted, gbp).split("\n")[2]).toMatch(/^ +£7\.00/);
  });

  it("leaves the rows of the table as they are", () => {
    renderText(sorted);
    expect(sorted.rows[0][0]).toBe("a");
  });
});

describe("createTable", () => {
  it("stays plain data", () => {
    expect(JSON.parse(JSON.stringify(createTable(empty)))).toEqual(empty);
    expect({ ...createTable(empty) }).toEqual(empty);
  });

  it.each<[string, DataTable, string]>([
    ["two columns of one name", { columns: [{ name: "a" }, { name: "a" }], rows: [] }, 'two columns are named "a"'],
    ["a row that is too short", { ...empty, rows: [["x", 1], ["y"]] }, "row 1 has 1 cells; expected one for each of 2"],
    ["a total that is too long", { ...empty, total: ["x", 1, 2] }, "the total has 3 cells"],
    ["an unknown column to sort by", { ...empty, sort: { column: "c" } }, 'sorted by "c"; use one of ["a","b"]'],
  ])("refuses %s", (_, wrong, message) => {
    expect(() => createTable(wrong)).toThrow(message);
  });
});

it("tableRecords: returns raw values by column name, without the total", () => {
  expect(tableRecords(table)[3]).toEqual({ name: null, spend: 7, weight: 0.5 });
  expect(tableRecords(table)).toHaveLength(4);
});
