import { requireKnownOptions } from "../../../errors.js";
import { type DelimitedText, maskedValue, shownCell } from "../../../text/index.js";
import type { Arm } from "../split-experiment.js";

/**
 * Reads the column that identifies customers.
 *
 * @param column Index of the column.
 * @throws {SyntaxError} If a line has no customer, or a customer has two lines.
 */
export function customerNames(
  rows: DelimitedText["rows"],
  column: number,
  options: { readonly what: string },
): readonly string[] {
  requireKnownOptions("read customers", options, { what: true });
  const { what } = options;
  const lineOf = new Map<string, number>();
  return rows.map(({ line, fields }) => {
    const name = fields[column].trim();
    if (!name)
      throw new SyntaxError(`Cannot read ${what}: line ${line} has no customer; remove the line or add its id`);
    const earlier = lineOf.get(name);
    if (earlier !== undefined) {
      throw new SyntaxError(
        `Cannot read ${what}: "${maskedValue(name)}" is on lines ${earlier} and ${line}; expected one line per customer`,
      );
    }
    lineOf.set(name, line);
    return name;
  });
}

/**
 * Reads the name of an arm.
 *
 * @throws {SyntaxError} If it is neither test nor control.
 */
export function parseArm(text: string, options: { readonly what: string; readonly line: number }): Arm {
  requireKnownOptions("read an arm", options, { what: true, line: true });
  const { what, line } = options;
  const arm = text.trim().toLowerCase();
  if (arm === "test" || arm === "control") return arm;
  throw new SyntaxError(
    `Cannot read ${what}: the arm on line ${line} is "${shownCell(text.trim())}"; expected test or control`,
  );
}
