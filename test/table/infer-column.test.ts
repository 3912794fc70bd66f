import { expect, it } from "vitest";
import { renderText, valuesBundle } from "../../src/table/index.js";
import { inferColumn } from "../../src/table/infer-column.js";

/** A column as the terminal shows it, and whether it is aligned to the right. */
function shown(values: readonly unknown[], name = "a column") {
  const { column, values: cells } = inferColumn(name, values);
  const [, ...lines] = renderText({ columns: [column], rows: cells.map((cell) => [cell]) }).split("\n");
  return { right: column.align === "right" || column.format !== undefined, cells: lines.map((line) => line.trim()) };
}

it.each<[string, unknown[], string[]]>([
  ["gives the numbers of a column equally many decimals", [1.5, 22.25, 3], ["1.50", "22.25", "3.00"]],
  ["cuts decimals to what the size of the numbers bears", [1234.5678, 0.25], ["1234.57", "0.25"]],
  ["keeps four decimals of rates", [0.123456, 0.5], ["0.1235", "0.5000"]],
  ["separates thousands in all numbers of a column or in none", [115049, 2875, 15], ["115,049", "2,875", "15"]],
  ["leaves years as they are", [2010, 2011], ["2010", "2011"]],
  ["writes very small and very large numbers with an exponent", [0.00002, 0.00031], ["2.000E−5", "3.100E−4"]],
  ["shows what is missing as a dash", [null, undefined, Number.NaN, 1], ["–", "–", "–", "1"]],
  ["shows bigints and infinities as numbers", [5n, Number.POSITIVE_INFINITY], ["5", "∞"]],
])("%s", (_, values, cells) => {
  expect(shown(values)).toEqual({ right: true, cells });
});

it("shows texts in one line, days, times, lists and records", () => {
  const time = new Date("2011-12-09T12:50:00Z");
  expect(shown(["a\n  b", "x".repeat(200), new Date("2011-12-09"), time, ["a", "b"], { a: 1 }, true])).toEqual({
    right: false,
    cells: ["a b", `${"x".repeat(159)}…`, "2011-12-09", "2011-12-09T12:50:00Z", "a, b", "{ a: 1 }", "true"],
  });
});

it("valuesBundle: breaks long texts into lines, and leaves other columns whole", () => {
  const html = String(valuesBundle([{ k: "3", why: "one reason; ".repeat(5) }])?.["text/html"]);
  expect(html).toMatch(/<td class="n">3<\/td><td class="w">one reason/);
});

it.each([
  [["£1,250", "", "£999.19"]],
  [["4.2%", "33.3%"]],
  [["33,3\u00a0%", "1.234,50\u00a0€", "90,00\u00a0€"]],
  [["0.480 ± 0.002", "0.407 ± 0.002"]],
  [["CHF\u00a012.50", "-€3.00", "+5", "₹1,02,500"]],
  [["3", "12"]],
])("aligns written numbers as numbers, as they are: %j", (texts) => {
  expect(shown(texts)).toEqual({ right: true, cells: texts });
});

it.each([
  ["ids", ["17850", "13047"], "customer_id"],
  ["days", ["2011-12-09", "2011-12-10"], "day"],
  ["words among numbers", ["12", "nobody left"], "half"],
  ["numbers with words", ["after 72 days", "3 of 4"], "half"],
  ["nothing at all", ["", ""], "elbow"],
])("aligns %s as texts", (_, texts, name) => {
  expect(shown(texts, name)).toEqual({ right: false, cells: texts });
});

it("does not take a column of missing values for numbers", () => {
  expect(shown([null, null]).right).toBe(false);
});
