import { inspect } from "node:util";
import type { Column, Value } from "./data-table.js";
import type { Format } from "./format.js";

/** Maximum length of a text; the rest is cut. */
const MAX_LENGTH = 160;

/** Amount, share or count in any locale, optionally followed by an interval. */
const NUMBER = String.raw`[-+−]?(?:[\p{Sc}A-Z]{1,4}\s?)?[-+−]?\d(?:[\d.,’'\s]*\d)?(?:\s?[%\p{Sc}]|\s[A-Z]{3})?`;
const WRITTEN_NUMBER = new RegExp(`^(?:${NUMBER}(?: ± ${NUMBER})?)?$`, "u");

const ID_NAME = /(?:^|_)(?:id|key|code|sku)$/i;

/**
 * Infers a column from values of any type and converts them to values of a table. Large numbers get fewer decimals than
 * small ones. Texts that are formatted numbers, such as "£1,250" or "4.2%", are aligned to the right, except ids.
 */
export function inferColumn(
  name: string,
  values: readonly unknown[],
): { readonly column: Column; readonly values: Value[] } {
  const present = values.filter((value) => !isMissing(value));
  const isNumber = (value: unknown) => typeof value === "number" || typeof value === "bigint";
  if (present.length > 0 && present.every(isNumber)) {
    const format = numberFormat(present.map(Number).filter(Number.isFinite));
    return { column: { name, format }, values: values.map((value) => (isMissing(value) ? null : Number(value))) };
  }
  const written = !ID_NAME.test(name) && present.some(Boolean) && present.every(isWrittenNumber);
  return {
    column: { name, ...(written ? { align: "right" as const } : {}) },
    values: values.map((value) => (isMissing(value) ? MISSING_TEXT : textOf(value))),
  };
}

/** A missing value among texts, which an empty text is not. */
const MISSING_TEXT = "–";

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

/** Returns true for a formatted number or an empty text. */
function isWrittenNumber(value: unknown): boolean {
  return typeof value === "string" && WRITTEN_NUMBER.test(value);
}

function numberFormat(numbers: readonly number[]): Format {
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest !== 0 && (largest < 0.001 || largest >= 1e15)) return { kind: "number", digits: 3, scientific: true };
  const limit = largest >= 100 ? 2 : largest >= 1 ? 3 : 4;
  const digits = numbers.reduce((most, value) => Math.max(most, decimalsOf(value, limit)), 0);
  // Columns of at most four digits, such as years, have no separators.
  return { kind: "number", digits, ...(largest >= 10_000 ? {} : { grouped: false }) };
}

/** Returns the number of decimals of a number, at most `limit`. */
function decimalsOf(value: number, limit: number): number {
  const [, decimals = ""] = value.toFixed(limit).replace(/0+$/, "").split(".");
  return decimals.length;
}

function textOf(value: unknown): string {
  const line = written(value).replace(/\s*\n\s*/g, " ");
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}

function written(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Date) return writtenTime(value);
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.join(", ");
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 2, maxArrayLength: 6 });
}

/** Formats a date as a day if it is midnight UTC, else to the second. */
function writtenTime(date: Date): string {
  if (Number.isNaN(date.getTime())) return "Invalid Date";
  return date
    .toISOString()
    .replace(/T00:00:00\.000Z$/, "")
    .replace(/\.\d{3}Z$/, "Z");
}
