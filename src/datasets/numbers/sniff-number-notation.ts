import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { currencySign, isNumber, type NumberNotation } from "./number-notation.js";

/** Texts of numbers in a relation. */
export interface NumberTexts {
  readonly view: string;
  /** SQL of the text. */
  readonly raw: string;
  /** What is read, for errors. */
  readonly what: string;
  /** The decimal mark, if the mapping gives it. */
  readonly decimal: "." | "," | undefined;
  /** True if the source has numbers, not only texts. */
  readonly typed: boolean;
  readonly unit: NonNullable<NumberNotation["unit"]>;
}

/** A notation, and the sign of the currency that the numbers carry, if any. */
export interface FoundNotation extends NumberNotation {
  readonly sign: string | undefined;
}

/**
 * Returns the notation in which most texts of a column are numbers.
 *
 * @throws {SyntaxError} If both notations fit, with different values, or the numbers carry different currencies.
 */
export async function sniffNumberNotation(
  engine: Engine,
  { view, raw, what, decimal, typed, unit }: NumberTexts,
): Promise<FoundNotation> {
  const texts = `(SELECT v FROM (SELECT ${raw} AS v FROM ${quotedIdentifier(view)}) AS t WHERE v IS NOT NULL)`;
  const [plain] = await engine.rows(
    `SELECT count(*) AS n, count(TRY_CAST(v AS DECIMAL(18, 4))) AS plain, count(*) FILTER (WHERE contains(v, '.')) AS points,
       count(*) FILTER (WHERE strlen(v) BETWEEN 5 AND 8 AND regexp_full_match(v, '[-+]?[1-9][0-9]{0,2}\\.[0-9]{3}')) AS thousands,
       min(v) FILTER (WHERE contains(v, '.')) AS example
     FROM ${texts} AS t`,
  );
  const ambiguous = (example: string) => {
    const [english, continental] = [example.replaceAll(",", ""), example.replaceAll(".", "").replaceAll(",", ".")];
    return new SyntaxError(
      `${what} has numbers such as "${example}", which can be read as ${english} or as ${continental}; set "decimal" to "." or ","`,
    );
  };
  const isPlain = plain["plain"] === plain["n"];
  if (typed && isPlain) return { decimal: ".", plain: true, sign: undefined };
  if (
    !typed &&
    decimal === undefined &&
    isPlain &&
    Number(plain["points"]) > 0 &&
    plain["points"] === plain["thousands"]
  ) {
    throw ambiguous(String(plain["example"]));
  }
  if (isPlain && decimal !== ",") return { decimal: ".", plain: true, sign: undefined };
  const unread = typed ? `(SELECT v FROM ${texts} AS t WHERE TRY_CAST(v AS DECIMAL(18, 4)) IS NULL)` : texts;
  const found = decimal ?? (await mostReads(engine, unread, unit));
  if (found === undefined) {
    const [{ example }] = await engine.rows(`SELECT min(v) AS example FROM ${texts} AS t WHERE ${isMarked(unit)}`);
    throw ambiguous(String(example));
  }
  const notation = { decimal: found, plain: false, typed, unit };
  if (unit !== "currency") return { ...notation, sign: undefined };
  const signs = await engine.rows(
    `SELECT ${currencySign("v", found)} AS sign, min(v) AS example FROM ${texts} AS t WHERE ${isNumber("v", found, "currency")}
     GROUP BY sign HAVING sign <> '' ORDER BY count(*) DESC, sign`,
  );
  if (signs.length > 1) {
    const named = signs.slice(0, 2).map(({ sign, example }) => `"${sign}" ("${example}")`);
    throw new SyntaxError(
      `${what} holds amounts in several currencies, ${named.join(" and ")}; convert them to one with "sql"`,
    );
  }
  const sign = signs[0]?.["sign"];
  return { ...notation, sign: sign === undefined ? undefined : String(sign) };
}

/** SQL that is true for a number with a mark in it; words with a full stop are no numbers. */
function isMarked(unit: NumberTexts["unit"]): string {
  return `regexp_matches(v, '[.,]') AND (${isNumber("v", ".", unit)} OR ${isNumber("v", ",", unit)})`;
}

/** The notation that reads most texts; undefined if both read all, not all of them as the same numbers. */
async function mostReads(engine: Engine, texts: string, unit: NumberTexts["unit"]): Promise<"." | "," | undefined> {
  const [row] = await engine.rows(
    `SELECT count(*) FILTER (WHERE ${isNumber("v", ".", unit)}) AS english, count(*) FILTER (WHERE ${isNumber("v", ",", unit)}) AS continental,
       count(*) FILTER (WHERE ${isMarked(unit)}) AS marked FROM ${texts} AS t`,
  );
  const [english, continental] = [Number(row["english"]), Number(row["continental"])];
  if (english === continental && english > 0 && Number(row["marked"]) > 0) return undefined;
  return continental > english ? "," : ".";
}
