import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { parsedTime } from "./parsed-time.js";
import { dayOrder, formatsLike, hasOffset, isoFormats, rivalFormats } from "./time-formats.js";
import { isWithin, type TimeRange } from "./time-range.js";

/** Texts that decide which formats are worth counting; what they do not show is found among the rest. */
const SAMPLE = 500;
const TEXTS = quotedIdentifier("texts of times");

/** Texts of times in a relation. */
export interface TimeTexts {
  /** Relation with the column `source_row`, unless the source is read in place. */
  readonly view: string;
  /** SQL of the text. */
  readonly raw: string;
  /** What is read, for errors. */
  readonly what: string;
  readonly range: TimeRange;
}

/**
 * Returns the smallest set of known formats that reads every readable text as a plausible time, the most frequent first.
 * If no format does, the one that reads most, however implausible.
 *
 * @throws {SyntaxError} If the order of day and month is ambiguous, or not the same in all rows.
 */
export async function sniffTimeFormats(engine: Engine, texts: TimeTexts): Promise<readonly string[]> {
  return withTexts(engine, texts, async () => {
    const plausible = await formatsOf(engine, texts.what, texts.range);
    await requireOneOrder(engine, texts, plausible);
    if (plausible.length) return plausible;
    const [any = isoFormats[0]] = await formatsOf(engine, texts.what);
    return [any];
  });
}

/**
 * Returns the smallest set of known formats that reads every readable text as a plausible time; none if no format does.
 *
 * @throws {SyntaxError} If the order of day and month is ambiguous.
 */
export async function plausibleTimeFormats(engine: Engine, texts: TimeTexts): Promise<readonly string[]> {
  return withTexts(engine, texts, () => formatsOf(engine, texts.what, texts.range));
}

/** Keeps the distinct texts meanwhile: a file has far fewer times than rows. */
async function withTexts<T>(engine: Engine, { view, raw }: TimeTexts, body: () => Promise<T>): Promise<T> {
  // The subquery lets texts come from a window function.
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${TEXTS} AS SELECT v, count(*) AS n
    FROM (SELECT ${raw} AS v FROM ${quotedIdentifier(view)}) AS t WHERE v IS NOT NULL GROUP BY v`);
  try {
    return await body();
  } finally {
    await engine.run(`DROP TABLE ${TEXTS}`);
  }
}

async function formatsOf(engine: Engine, what: string, range?: TimeRange): Promise<string[]> {
  const chosen: string[] = [];
  for (;;) {
    const rest = `SELECT v, n FROM ${TEXTS} WHERE NOT ${isRead("v", chosen, range)}`;
    const sample = await engine.rows(`SELECT v FROM (${rest}) AS t ORDER BY hash(v), v LIMIT ${SAMPLE}`);
    const formats = formatsLike(sample.map((row) => String(row["v"])));
    const [best, ...others] = formats.length ? await countReads(engine, rest, { formats, range }) : [];
    if (!best) return chosen;
    const rivals = rivalFormats(best.format);
    // Days in the future are no evidence for an order of day and month, but are for one of day and year.
    const isEqual = ({ format, count, read }: FormatCount) =>
      yearComesFirst(format) || yearComesFirst(best.format) ? count === best.count : read === best.read;
    const equal = others.find((other) => rivals.includes(other.format) && isEqual(other));
    if (equal) {
      throw new SyntaxError(`${what} can be read as "${best.format}" or as "${equal.format}"; set "timestamp_format"`);
    }
    chosen.push(best.format);
  }
}

function yearComesFirst(format: string): boolean {
  return dayOrder(format) === "year";
}

interface FormatCount {
  readonly format: string;
  /** Texts that are plausible times. */
  readonly count: number;
  /** Texts that are times. */
  readonly read: number;
}

/** Counts the texts that each format reads: only those that read any, the most frequent first. */
async function countReads(
  engine: Engine,
  texts: string,
  { formats, range }: { readonly formats: readonly string[]; readonly range: TimeRange | undefined },
): Promise<FormatCount[]> {
  const sum = (format: string, within: TimeRange | undefined) =>
    `sum(n) FILTER (WHERE ${isRead("v", [format], within)})`;
  const counts = formats.map(
    (format, i) => `${sum(format, range)} AS "${i}", ${sum(format, undefined)} AS "read ${i}"`,
  );
  const [row] = await engine.rows(`SELECT ${counts.join(", ")} FROM (${texts}) AS t`);
  return formats
    .map((format, i) => ({ format, count: Number(row[String(i)] ?? 0), read: Number(row[`read ${i}`] ?? 0) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** Refuses a column in which some days can be read day first only, and others month first only. */
async function requireOneOrder(
  engine: Engine,
  { view, raw, what, range }: TimeTexts,
  formats: readonly string[],
): Promise<void> {
  const orders = [...new Set(formats.map(dayOrder).filter((order) => order !== undefined))];
  if (orders.length < 2) return;
  const examples: string[] = [];
  for (const order of orders.slice(0, 2)) {
    const own = formats.filter((format) => dayOrder(format) === order);
    const others = formats.filter((format) => dayOrder(format) !== order);
    const [{ row, text }] = await engine.rows(
      `SELECT min(source_row) AS row, arg_min(v, source_row) AS text
       FROM (SELECT source_row, ${raw} AS v FROM ${quotedIdentifier(view)}) AS t
       WHERE ${isRead("v", own, range)} AND NOT ${isRead("v", others, range)}`,
    );
    examples.push(`${order} first in row ${row} ("${text}")`);
  }
  throw new SyntaxError(
    `${what} has the ${examples.join(" and the ")}; write all in one order, or set "timestamp_format" to [${formats.map((format) => `"${format}"`).join(", ")}] to try them so`,
  );
}

/** SQL that is true for texts that one of the formats reads, within the range if there is one. */
function isRead(text: string, formats: readonly string[], range: TimeRange | undefined): string {
  if (!formats.length) return "false";
  const time = formats.some(hasOffset)
    ? formats.map((format) => `CAST(${parsedTime(text, [format])} AS TIMESTAMP)`)
    : [parsedTime(text, formats)];
  const read = time.length === 1 ? time[0] : `COALESCE(${time.join(", ")})`;
  return range ? `COALESCE(${isWithin(read, range)}, false)` : `(${read} IS NOT NULL)`;
}
