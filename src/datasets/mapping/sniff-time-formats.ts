import { type Engine, quotedIdentifier, quotedText } from "../../engine/index.js";
import { exchangedFormat, timestampFormats } from "./sniff.js";
import { parsedTime } from "./typed-expression.js";

/**
 * Returns the smallest set of known formats that reads every readable value, the most frequent first.
 *
 * @param raw SQL of the text, over the relation `view`.
 * @throws {SyntaxError} If the order of day and month is ambiguous.
 */
export async function sniffTimeFormats(engine: Engine, view: string, raw: string, what: string): Promise<string[]> {
  const chosen: string[] = [];
  const counts = timestampFormats
    .map(
      (format, i) => `COALESCE(sum(n) FILTER (WHERE try_strptime(v, ${quotedText(format)}) IS NOT NULL), 0) AS "${i}"`,
    )
    .join(", ");
  for (;;) {
    const rest = chosen.length ? `AND ${parsedTime("v", chosen)} IS NULL` : "";
    // Distinct texts: a file has far fewer times than rows.
    const [row] = await engine.rows(
      `SELECT ${counts} FROM (SELECT ${raw} AS v, count(*) AS n FROM ${quotedIdentifier(view)} GROUP BY ALL) AS t WHERE v IS NOT NULL ${rest}`,
    );
    const ranked = timestampFormats
      .map((format, i) => ({ format: format as string, count: Number(row[String(i)]) }))
      .sort((a, b) => b.count - a.count);
    const best = ranked[0];
    if (best.count === 0) break;
    const other = exchangedFormat(best.format);
    if (other && ranked.find(({ format }) => format === other)?.count === best.count) {
      throw new SyntaxError(`${what} can be read as "${best.format}" or as "${other}"; set "timestamp_format"`);
    }
    chosen.push(best.format);
  }
  return chosen.length ? chosen : [timestampFormats[0]];
}
