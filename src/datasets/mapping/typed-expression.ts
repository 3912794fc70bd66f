import { quotedText } from "../../engine/index.js";
import { assertUnreachable } from "../../errors.js";
import type { ColumnType } from "../import/contract.js";

/** How the text of a column is read. */
export interface ReadingOptions {
  /** strptime formats, tried in order. */
  readonly formats: readonly string[];
  /** IANA zone of timestamps. */
  readonly zone: string;
  readonly decimal: "." | ",";
}

/** What a value should have been, for messages. */
export const expectedValue: Readonly<Record<ColumnType, string>> = {
  id: "an id that is no negative number",
  text: "text",
  money: "an amount",
  number: "a number",
  timestamp: "a date and time",
  date: "a date",
  flag: "yes or no",
};

/** SQL that reads the text `raw` as a type; null if it cannot be read. */
export function typedExpression(raw: string, type: ColumnType, { formats, zone, decimal }: ReadingOptions): string {
  switch (type) {
    case "text":
      return raw;
    case "id":
      // Spreadsheets and data frames turn whole numbers into "13085.0"; exports write -1 where there is no id.
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

/** Dots part groups of three digits: in 12.50 the dot is a decimal mark after all, and the value is not read. */
function withDecimalComma(raw: string): string {
  return `CASE WHEN regexp_full_match(${raw}, '[-+]?([0-9]{1,3}(\\.[0-9]{3})+|[0-9]*)(,[0-9]*)?')
    THEN TRY_CAST(replace(replace(${raw}, '.', ''), ',', '.') AS DECIMAL(18, 4)) END`;
}

/** The day as it is written, whatever offset follows the time. */
function dateExpression(raw: string, formats: readonly string[]): string {
  if (!formats.some(hasOffset)) return `CAST(${parsedTime(raw, formats)} AS DATE)`;
  const bare = `regexp_replace(${raw}, '(:[0-9.]+) ?[-+][0-9]{2}(:?[0-9]{2})?$', '\\1')`;
  const withoutOffset = formats.map((format) => format.replace(/ ?%z$/, ""));
  return `CAST(${parsedTime(bare, [...new Set(withoutOffset)])} AS DATE)`;
}

/** In UTC: a time that states its offset is taken at its word, any other is of the zone. */
function timestampExpression(raw: string, formats: readonly string[], zone: string): string {
  const offset = formats.filter(hasOffset);
  const plain = formats.filter((format) => !hasOffset(format));
  // With an offset the engine gives an instant of its own type.
  const instant = `make_timestamp(epoch_us(${parsedTime(raw, offset)}))`;
  if (!plain.length) return instant;
  const local = parsedTime(raw, plain);
  const ends = ["Z", "UTC"].filter((end) => plain.some((format) => format.endsWith(end)));
  const isUtc = ends.map((end) => `ends_with(${raw}, '${end}')`).join(" OR ");
  const utc = zone === "UTC" ? local : `@utc(${local}, ${quotedText(zone)})`;
  const read = zone === "UTC" || !isUtc ? utc : `CASE WHEN ${isUtc} THEN ${local} ELSE ${utc} END`;
  return offset.length ? `COALESCE(${instant}, ${read})` : read;
}

function hasOffset(format: string): boolean {
  return /%z/i.test(format);
}

/** SQL that reads text as a time by the first format that fits; null if none does. */
export function parsedTime(raw: string, formats: readonly string[]): string {
  return `try_strptime(${raw}, [${formats.map(quotedText).join(", ")}])`;
}
