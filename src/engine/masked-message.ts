import { maskedEmails, shownCell } from "../text/index.js";

/**
 * Masks the values of rows that a message of DuckDB quotes: the value that could not be converted, and the line of a text
 * file. E-mail addresses are masked anywhere.
 *
 * @example
 * maskedMessage("Could not convert string 'Anna Schmidt' to DOUBLE"); // "Could not convert string 'A…t' to DOUBLE"
 */
export function maskedMessage(message: string): string {
  return maskedEmails(
    message
      .replace(/^Original Line: [\s\S]*?\n(?=Expected |Value |Invalid |Error |Possible |Maximum )/gm, "")
      .replace(/^Original Line: .*$/gm, "Original Line: …")
      .replace(
        QUOTED_VALUE,
        (_, before: string, quote: string, value: string) => before + quote + shownCell(value) + quote,
      ),
  );
}

/** A value behind the words that announce one, in either quotes, some of which the value may have in it. */
const QUOTED_VALUE = /(\b(?:string|format|specifier|range|value|input):? )(["'])([\s\S]*?)\2(?=[\s,.;:()]|$)/g;
