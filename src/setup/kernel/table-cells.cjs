"use strict";

const { inspect } = require("node:util");

const maxLength = 160;

/** Amount, share or count in any locale, optionally followed by an interval. */
const number = String.raw`[-+−]?(?:[\p{Sc}A-Z]{1,4}\s?)?[-+−]?\d(?:[\d.,’'\s]*\d)?(?:\s?[%\p{Sc}]|\s[A-Z]{3})?`;
const writtenNumber = new RegExp(`^(?:${number}(?: ± ${number})?)?$`, "u");

const idName = /(?:^|_)(?:id|key|code|sku)$/i;

/**
 * Formats the shown values of one column. Numbers of a column have equally many decimals, so that right-aligned they
 * are aligned by decimal. Texts that are written numbers, such as "£1,250" or "4.2%", are aligned with them, but for ids.
 * Missing values (null, undefined, NaN) are a dash.
 */
function formatColumn(values, { name = "" } = {}) {
  const present = values.filter((value) => !isMissing(value));
  const numeric =
    present.length > 0 && present.every((value) => typeof value === "number" || typeof value === "bigint");
  const format = numeric ? numberFormat(present.map(Number).filter(Number.isFinite)) : formatText;
  const written = !idName.test(name) && present.some(Boolean) && present.every(isWrittenNumber);
  return { numeric: numeric || written, cells: values.map((value) => (isMissing(value) ? "–" : format(value))) };
}

/** Returns true for a formatted number or an empty text. */
function isWrittenNumber(value) {
  return typeof value === "string" && writtenNumber.test(value);
}

function isMissing(value) {
  return value === null || value === undefined || Number.isNaN(value);
}

function numberFormat(numbers) {
  const largest = Math.max(0, ...numbers.map(Math.abs));
  if (largest !== 0 && (largest < 0.001 || largest >= 1e15)) return (value) => Number(value).toExponential(3);
  const limit = largest >= 100 ? 2 : largest >= 1 ? 3 : 4;
  const decimals = Math.max(0, ...numbers.map((value) => decimalsOf(value, limit)));
  // Columns of at most four digits, such as years, have no separators.
  const { format } = new Intl.NumberFormat("en", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: largest >= 10_000,
  });
  return (value) => format(value);
}

/** Returns the number of decimals of a number, at most `limit`. */
function decimalsOf(value, limit) {
  const [, decimals = ""] = value.toFixed(limit).replace(/0+$/, "").split(".");
  return decimals.length;
}

function formatText(value) {
  const line = textOf(value).replace(/\s*\n\s*/g, " ");
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

function textOf(value) {
  if (typeof value === "string") return value;
  if (value instanceof Date) return formatDate(value);
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.join(", ");
  return inspectShort(value);
}

/** Formats a date as a day if it is midnight UTC, else to the second. */
function formatDate(date) {
  if (Number.isNaN(date.getTime())) return "Invalid Date";
  return date
    .toISOString()
    .replace(/T00:00:00\.000Z$/, "")
    .replace(/\.\d{3}Z$/, "Z");
}

function inspectShort(value) {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 2, maxArrayLength: 6 });
}

module.exports = { formatColumn };
