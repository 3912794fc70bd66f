import { messageOf, nearest } from "../../errors.js";
import { isRecord, SEGMENT_NAMES, type SegmentName } from "../../text/index.js";
import { standardStrategies } from "./standard-strategies.js";
import { PRIORITIES, type Strategies, type Strategy } from "./strategy.js";

const FIELDS = Object.keys(standardStrategies.Champions);
/** What the exported file has beside the strategy: results, which are not read back. */
const RESULTS = ["customers", "contactable", "refused", "unknown_consent", "budget_amount"];

/**
 * Reads a settings file of strategies: an object by segment, each with the fields that differ from the standard ones. The
 * file `segment_strategies.json` can be edited and read again; its counts and amounts are passed over.
 *
 * @throws {SyntaxError} If the text is no JSON, a segment or a field is unknown, or a value is of the wrong kind.
 *
 * @example
 * parseStrategies('{ "At Risk": { "campaign": "Call them" } }')["At Risk"].campaign; // "Call them"
 */
export function parseStrategies(text: string): Strategies {
  const json = jsonOf(text);
  if (!isRecord(json)) throw refuse("it is not an object, one with a strategy by segment is needed");
  const result: Record<SegmentName, Strategy> = { ...standardStrategies };
  for (const [segment, changes] of Object.entries(json)) {
    if (!isSegment(segment)) throw refuse(`it has an unknown segment "${segment}"${hint(segment, SEGMENT_NAMES)}`);
    if (!isRecord(changes)) throw refuse(`"${segment}" is ${JSON.stringify(changes)}, an object is needed`);
    const fields = Object.entries(changes).filter(([field]) => !RESULTS.includes(field));
    for (const [field, value] of fields) requireField(segment, field, value);
    result[segment] = { ...result[segment], ...Object.fromEntries(fields) };
  }
  return result;
}

function requireField(segment: string, field: string, value: unknown): void {
  if (!FIELDS.includes(field)) throw refuse(`"${segment}" has an unknown field "${field}"${hint(field, FIELDS)}`);
  const found = `"${field}" of "${segment}" is ${JSON.stringify(value)}`;
  if (field === "priority") {
    if (!PRIORITIES.some((priority) => priority === value))
      throw refuse(`${found}, one of ${list(PRIORITIES)} is needed`);
  } else if (field === "actions") {
    if (!(Array.isArray(value) && value.length && value.every(isText))) {
      throw refuse(`${found}, a list of at least one text is needed`);
    }
  } else if (!isText(value)) {
    throw refuse(`${found}, a text is needed`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read the strategies: ${messageOf(cause)}`, { cause });
  }
}

function isSegment(name: string): name is SegmentName {
  return SEGMENT_NAMES.some((known) => known === name);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function hint(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? `, one of ${list(known)} is needed` : `, did you mean "${meant}"?`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

function refuse(what: string): SyntaxError {
  return new SyntaxError(`Cannot read the strategies: ${what}`);
}
