import { quotedText } from "../engine/index.js";
import { assertUnreachable } from "../errors.js";
import type { ColumnType } from "./contract.js";

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
      return `TRY_CAST(${decimal === "," ? `replace(replace(${raw}, '.', ''), ',', '.')` : raw} AS DECIMAL(18, 4))`;
    case "flag":
      return `CASE WHEN lower(${raw}) IN ('1', 'true', 't', 'yes', 'y') THEN true WHEN lower(${raw}) IN ('0', 'false', 'f', 'no', 'n') THEN false END`;
    case "date":
      return `CAST(${parsedTime(raw, formats)} AS DATE)`;
    case "timestamp": {
      const local = parsedTime(raw, formats);
      if (zone === "UTC") return local;
      const utc = `@utc(${local}, ${quotedText(zone)})`;
      const zulu = formats.some((format) => format.endsWith("Z"));
      return zulu ? `CASE WHEN ends_with(${raw}, 'Z') THEN ${local} ELSE ${utc} END` : utc;
    }
    default:
      return assertUnreachable(type, "column type");
  }
}

/** SQL that reads text as a time by the first format that fits; null if none does. */
export function parsedTime(raw: string, formats: readonly string[]): string {
  return `try_strptime(${raw}, [${formats.map(quotedText).join(", ")}])`;
}
