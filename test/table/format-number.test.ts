import { expect, it } from "vitest";
import { type Format, fileTexts, formatNumber, formatValue, numberTexts } from "../../src/table/index.js";

const gbp = { locale: "en-GB", currency: "GBP" };

it.each<[string, number, Format | undefined, string]>([
  ["a count has no decimals", 1234.6, { kind: "count" }, "1,235"],
  ["a number has two digits by default", 1234.5, undefined, "1,234.50"],
  ["a number has the digits that are asked for", 0.98765, { kind: "number", digits: 3 }, "0.988"],
  ["trim drops zeros at the end", 2, { kind: "number", digits: 1, trim: true }, "2"],
  ["trim keeps the digits that are there", 2.5, { kind: "number", digits: 1, trim: true }, "2.5"],
  ["money has pence", 1234.5, { kind: "money" }, "£1,234.50"],
  ["negative money has the mathematical minus before the currency", -1234.5, { kind: "money" }, "−£1,234.50"],
  ["a share becomes a percentage", 0.7462, { kind: "percent" }, "74.6%"],
  ["a signed number has a plus", 0.05, { kind: "percent", signed: true }, "+5.0%"],
  ["a signed zero has no sign", 0, { kind: "percent", signed: true }, "0.0%"],
  ["days are whole", 29.6, { kind: "days" }, "30"],
  ["what rounds to zero has no minus", -0.001, { kind: "number" }, "0.00"],
  ["minus zero has no minus", -0, { kind: "count" }, "0"],
  ["a compact amount has three digits", 1_164_000, { kind: "money", compact: true }, "£1.16m"],
  ["years are not grouped", 20_110, { kind: "count", grouped: false }, "20110"],
  ["an exponent has the mathematical minus", 0.000_02, { kind: "number", digits: 1, scientific: true }, "2.0E−5"],
  ["NaN is a dash", Number.NaN, { kind: "money" }, "–"],
  ["infinity is a symbol", Number.POSITIVE_INFINITY, { kind: "number" }, "∞"],
  ["negative infinity has the mathematical minus", Number.NEGATIVE_INFINITY, { kind: "count" }, "−∞"],
])("formatNumber: %s", (_, value, format, text) => {
  expect(formatNumber(value, format, gbp)).toBe(text);
});

it("formatNumber: money has the digits of its currency", () => {
  expect(formatNumber(1234, { kind: "money" }, { locale: "en-GB", currency: "JPY" })).toBe("JP¥1,234");
});

it("formatNumber: separators are those of the locale", () => {
  expect(formatNumber(-1234.5, { kind: "money" }, { locale: "de-DE", currency: "EUR" })).toBe("−1.234,50\u00a0€");
});

it.each([
  [1_164_000, { kind: "money" }, "1,16M\u00a0€"],
  [-12_345, { kind: "number" }, "−12,3K"],
  [999_900, { kind: "number" }, "1M"],
  [999, { kind: "count" }, "999"],
  [0.5, { kind: "number" }, "0,5"],
  [0, { kind: "number" }, "0"],
  [Number.POSITIVE_INFINITY, { kind: "number" }, "∞"],
] as const)("formatNumber: short forms of other languages have English letters (%d)", (value, format, text) => {
  expect(formatNumber(value, { ...format, compact: true }, { locale: "de-DE", currency: "EUR" })).toBe(text);
});

it.each([
  ["de-DE", "9 Dec 2011", "Dec 2011"],
  ["fr-FR", "9 Dec 2011", "Dec 2011"],
  ["en-US", "Dec 9, 2011", "Dec 2011"],
])("formatValue: names of months are English in every locale (%s)", (locale, day, month) => {
  expect(formatValue("2011-12-09", { kind: "date" }, { locale })).toBe(day);
  expect(formatValue("2011-12", { kind: "month" }, { locale })).toBe(month);
});

it("fileTexts: one notation in every locale, in the dataset's currency", () => {
  const texts = fileTexts({ locale: "de-DE", currency: "USD" } as never);
  expect([texts.money(1234.56, 2), texts.percent(0.125)]).toEqual(["US$1,234.56", "12.5%"]);
});

it("formatValue: writes days and months in words, and leaves other texts as they are", () => {
  expect(formatValue("2011-12-09", { kind: "date" }, gbp)).toBe("9 Dec 2011");
  expect(formatValue("2011-12", { kind: "month" }, gbp)).toBe("Dec 2011");
  expect(formatValue("no day", { kind: "date" }, gbp)).toBe("no day");
  expect(formatValue(null, { kind: "count" }, gbp)).toBe("–");
});

it("numberTexts: money is whole from 1,000 on", () => {
  const { money } = numberTexts(gbp);
  expect([money(999.5), money(1000.4), money(-78_762.45), money(78_762.45, 2)]).toEqual([
    "£999.50",
    "£1,000",
    "−£78,762",
    "£78,762.45",
  ]);
});
