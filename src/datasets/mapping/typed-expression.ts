import { quotedText } from "../../engine/index.js";
import { assertUnreachable } from "../../errors.js";
import type { ColumnType } from "../import/contract.js";
import { parsedTime } from "../times/parsed-time.js";

/** Options for reading the text of a column. */
export interface ReadingOptions {
  /** strptime formats, and those of counts, tried in order. */
  readonly formats: readonly string[];
  /** IANA zone of timestamps. */
  readonly zone: string;
  readonly decimal: "." | ",";
}

/** Description of valid values by type, for messages. */
export const expectedValue: Readonly<Record<ColumnType, string>> = {
  id: "an id, not a negative number",
  text: "text",
  money: "an amount",
  number: "a number",
  timestamp: "a date and time",
  date: "a date",
  flag: "yes or no",
};

/** Returns SQL that parses the text `raw` as a type; null if invalid. */
export function typedExpression(raw: string, type: ColumnType, { formats, zone, decimal }: ReadingOptions): string {
  switch (type) {
    case "text":
      return raw;
    case "id":
      // Spreadsheets and data frames write integers as "13085.0"; exports write -1 for a missing id.
      return `CASE WHEN ends_with(${raw}, '.0') OR starts_with(${raw}, '-')
        THEN CASE WHEN regexp_full_match(${raw}, '-[0-9]+(\\.0)?') THEN NULL ELSE regexp_replace(${raw}, '^([0-9]+)\\.0$', '\\1') END
        ELSE ${raw} END`;
    case "money":
    case "number":
      return decimal === "," ? withDecimalComma(raw) : `TRY_CAST(${raw} AS DECIMAL(18, 4))`;
    case "flag":
      return `CASE WHEN lower(${raw}) IN ('1', '1.0', 'true', 't', 'yes', 'y') THEN true WHEN lower(${raw}) IN ('0', '0.0', 'false', 'f', 'no', 'n') THEN false END`;
    case "date":
      return dateExpression(raw, formats);
    case "timestamp":
      return timestampExpression(raw, formats, zone);
    default:
      return assertUnreachable(type, "column type");
  }
}

/** Parses numbers with decimal commas. Dots must separate groups of three digits: 12.50 is rejected. */
function withDecimalComma(raw: string): string {
  return `CASE WHEN regexp_full_match(${raw}, '[-+]?([0-9]{1,3}(\\.[0-9]{3})+|[0-9]*)(,[0-9]*)?')
    THEN TRY_CAST(replace(replace(${raw}, '.', ''), ',', '.') AS DECIMAL(18, 4)) END`;
}

/** Returns SQL of the written day, regardless of any offset. */
function dateExpression(raw: string, formats: readonly string[]): string {
  if (!formats.some(hasOffset)) return `CAST(${parsedTime(raw, formats)} AS DATE)`;
  const bare = `regexp_replace(${raw}, '(:[0-9.]+) ?[-+][0-9]{2}(:?[0-9]{2})?$', '\\1')`;
  const withoutOffset = formats.map((format) => format.replace(/ ?%z$/, ""));
  return `CAST(${parsedTime(bare, [...new Set(withoutOffset)])} AS DATE)`;
}

/** Returns SQL of the time in UTC, by its own offset or else by the zone. */
function timestampExpression(raw: string, formats: readonly string[], zone: string): string {
  const offset = formats.filter(hasOffset);
  const plain = formats.filter((format) => !hasOffset(format));
  const utc = plain.filter((format) => zone === "UTC" || isInUtc(format));
  const local = plain.filter((format) => !utc.includes(format));
  const parts = [
    // With an offset, the engine returns TIMESTAMP WITH TIME ZONE.
    ...(offset.length ? [`make_timestamp(epoch_us(${parsedTime(raw, offset)}))`] : []),
    ...(utc.length ? [parsedTime(raw, utc)] : []),
    ...(local.length ? [`@utc(${parsedTime(raw, local)}, ${quotedText(zone)})`] : []),
  ];
  return parts.length === 1 ? parts[0] : `COALESCE(${parts.join(", ")})`;
}

function hasOffset(format: string): boolean {
  return /%z/i.test(format);
}

function isInUtc(format: string): boolean {
  return /(Z|UTC|GMT)$|^epoch/.test(format);
}
