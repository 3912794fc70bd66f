import { SEGMENT_NAMES } from "../../text/index.js";
import { hint, isRecord } from "../mapping/mapping-checks.js";
import { SEGMENT_CONDITIONS } from "./settings.js";

/** Segment of the customers that match no other rule. */
const REST = "Lost/Churned";

/**
 * Checks the `segments` of a settings file.
 *
 * @throws {SyntaxError} If a key, a segment or a condition is unknown, or a threshold is not a number from 0.
 */
export function checkSegments(segments: unknown): void {
  if (!isRecord(segments)) throw refuse('"settings.segments" is not an object');
  requireKnown("settings.segments", Object.keys(segments), ["rules", "thresholds"]);
  const { rules = "standard", thresholds = {} } = segments;
  if (rules !== "standard" && rules !== "strict") {
    throw refuse(`"settings.segments.rules" is ${JSON.stringify(rules)}; expected "standard" or "strict"`);
  }
  if (!isRecord(thresholds)) throw refuse('"settings.segments.thresholds" is not an object');
  requireKnown("settings.segments.thresholds", Object.keys(thresholds), SEGMENT_NAMES);
  for (const [segment, conditions] of Object.entries(thresholds)) {
    const where = `settings.segments.thresholds.${segment}`;
    if (!isRecord(conditions)) throw refuse(`"${where}" is not an object`);
    if (segment === REST)
      throw refuse(`"${where}" has conditions, but that segment takes all remaining customers; remove it`);
    requireKnown(where, Object.keys(conditions), SEGMENT_CONDITIONS);
    for (const [condition, value] of Object.entries(conditions)) {
      if (!(typeof value === "number" && Number.isFinite(value) && value >= 0)) {
        throw refuse(`"${where}.${condition}" is ${JSON.stringify(value)}; expected a number from 0`);
      }
    }
  }
}

function requireKnown(where: string, keys: readonly string[], known: readonly string[]): void {
  const unknown = keys.find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw refuse(
      `"${where}" has an unknown key "${unknown}"${hint(unknown, known) || `; expected one of ${known.join(", ")}`}`,
    );
}

function refuse(what: string): SyntaxError {
  return new SyntaxError(`Cannot read the mapping: ${what}`);
}
