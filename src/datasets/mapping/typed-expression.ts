import { quotedText } from "../../engine/index.js";
import { assertUnreachable } from "../../errors.js";
import type { ColumnType } from "../import/contract.js";
import { type NumberNotation, notedNumber } from "../numbers/number-notation.js";
import { parsedTime } from "../times/parsed-time.js";
import { hasOffset } from "../times/time-formats.js";

/** Options for reading the text of a column. */
export interface ReadingOptions {
  /** strptime formats, and those of counts, tried in order. */
  readonly formats: readonly string[];
  /** IANA zone of timestamps. */
  readonly zone: string;
  readonly notation: NumberNotation;
}

/** Yes in English, German, French, Spanish, Italian, Portuguese and Dutch. */
const YES = ["1", "1.0", "true", "t", "yes", "y", "ja", "j", "wahr", "oui", "o", "vrai", "sí", "si", "sì", "s", "sim"];
const NO = ["0", "0.0", "false", "f", "no", "n", "nein", "falsch", "non", "faux", "não", "nao", "nee"];

/** Description of valid values by type, for messages. */
export const expectedValue: Readonly<Record<ColumnType, string>> = {
  id: "an id, not a negative number or one that a spreadsheet has rounded, such as 5.48E+12",
  text: "text",
  money: "an amount",
  number: "a number",
  timestamp: "a date and time",
  date: "a date",
  flag: "yes or no",
};

/** Returns SQL that parses the text `raw` as a type; null if invalid. */
export function typedExpression(raw: string, type: ColumnType, { formats, zone, notation }: ReadingOptions): string {
  switch (type) {
    case "text":
      return raw;
    case "id":
      return idExpression(raw);
    case "money":
    case "number":
      return notedNumber(raw, notation);
    case "flag":
      return `CASE WHEN ${isOneOf(`lower(${raw})`, YES)} THEN true WHEN ${isOneOf(`lower(${raw})`, NO)} THEN false END`;
    case "date":
      return dateExpression(raw, formats);
    case "timestamp":
      return timestampExpression(raw, formats, zone);
    default:
      return assertUnreachable(type, "column type");
  }
}

/** Returns SQL that is true for one of the words. A long IN list becomes a join, which does not keep the order of rows. */
function isOneOf(text: string, words: readonly string[]): string {
  return `list_contains([${words.map(quotedText).join(", ")}], ${text})`;
}

/**
 * Returns SQL of an id. Spreadsheets and data frames write integers as "13085.0", and exports -1 for a missing id. A number
 * in scientific notation was rounded by a spreadsheet, so that different ids are one; R writes whole numbers with a small
 * "e" and all their digits. Mail addresses ignore case.
 */
function idExpression(raw: string): string {
  const odd = `contains(${raw}, '.') OR contains(${raw}, '+') OR contains(${raw}, ',') OR starts_with(${raw}, '-')`;
  return `CASE WHEN ${odd} THEN CASE
      WHEN regexp_full_match(${raw}, '-[0-9]+(\\.0+)?|[0-9]([.,][0-9]+)?E\\+[0-9]{2,}|[0-9][.,][0-9]+E[0-9]{2,}') THEN NULL
      WHEN regexp_full_match(${raw}, '[0-9](\\.[0-9]+)?e\\+[0-9]{2}') THEN CAST(CAST(CAST(${raw} AS DOUBLE) AS HUGEINT) AS VARCHAR)
      WHEN regexp_full_match(${raw}, '[^@\\s]+@[^@\\s]+\\.[^@\\s]+') THEN lower(${raw})
      ELSE regexp_replace(${raw}, '^([0-9]+)\\.0+$', '\\1') END
    ELSE ${raw} END`;
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

function isInUtc(format: string): boolean {
  return /(Z|UTC|GMT)$|^epoch/.test(format);
}
