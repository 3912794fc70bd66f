import { quotedText } from "../../engine/index.js";
import { countFormats } from "./time-formats.js";

/** Returns SQL that parses text as a time with the first matching format; null if none matches. */
export function parsedTime(raw: string, formats: readonly string[]): string {
  const own = formats.flatMap((format) => ownExpression(raw, format) ?? []);
  const plain = formats.filter((format) => ownExpression(raw, format) === undefined);
  const strptime = plain.length ? [`try_strptime(${raw}, [${plain.map(quotedText).join(", ")}])`] : [];
  const parts = [...strptime, ...own];
  return parts.length === 1 ? parts[0] : `COALESCE(${parts.join(", ")})`;
}

/** SQL of the formats that strptime lacks, or reads from too few digits. */
function ownExpression(raw: string, format: string): string | undefined {
  if (format === "%Y%m%d") return `CASE WHEN length(${raw}) = 8 THEN try_strptime(${raw}, '%Y%m%d') END`;
  if (!Object.hasOwn(countFormats, format)) return undefined;
  const number = `CAST(${raw} AS DOUBLE)`;
  const time: Readonly<Record<string, string>> = {
    epoch: `make_timestamp(CAST(round(${number} * 1000000) AS BIGINT))`,
    epoch_ms: `make_timestamp(CAST(${raw} AS BIGINT) * 1000)`,
    epoch_us: `make_timestamp(CAST(${raw} AS BIGINT))`,
    // To the second, as workbooks show them: a day's fraction is not exact.
    excel: `make_timestamp((CAST(round(${number} * 86400) AS BIGINT) - 2209161600) * 1000000)`,
  };
  return `CASE WHEN regexp_full_match(${raw}, ${quotedText(countFormats[format].digits)}) THEN ${time[format]} END`;
}
