import { SEGMENT_NAMES } from "../../text/index.js";
import { hint, isRecord } from "../mapping/mapping-checks.js";
import { SEGMENT_CONDITIONS } from "./settings.js";

/** The segment of everybody whom no other takes. */
const REST = "Lost/Churned";

/**
 * Checks the `segments` of a settings file.
 *
 * @throws {SyntaxError} If a key, a segment or a condition is unknown, or a threshold is no number from 0.
 */
export function checkSegments(segments: unknown): void {
  if (!isRecord(segments)) throw refuse('"settings.segments" is not an object');
  requireKnown("settings.segments", Object.keys(segments), ["rules", "thresholds"]);
  const { rules = "standard", thresholds = {} } = segments;
  if (rules !== "standard" && rules !== "strict") {
    throw refuse(`"settings.segments.rules" is ${JSON.stringify(rules)}, "standard" or "strict" is needed`);
  }
  if (!isRecord(thresholds)) throw refuse('"settings.segments.thresholds" is not an object');
  requireKnown("settings.segments.thresholds", Object.keys(thresholds), SEGMENT_NAMES);
  for (const [segment, conditions] of Object.entries(thresholds)) {
    const where = `settings.segments.thresholds.${segment}`;
    if (!isRecord(conditions)) throw refuse(`"${where}" is not an object`);
    if (segment === REST) throw refuse(`"${where}" is given, but that segment takes everybody who is left`);
    requireKnown(where, Object.keys(conditions), SEGMENT_CONDITIONS);
    for (const [condition, value] of Object.entries(conditions)) {
      if (!(typeof value === "number" && Number.isFinite(value) && value >= 0)) {
        throw refuse(`"${where}.${condition}" is ${JSON.stringify(value)}, a number from 0 is needed`);
      }
    }
  }
}

function requireKnown(where: string, keys: readonly string[], known: readonly string[]): void {
  const unknown = keys.find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw refuse(
      `"${where}" has an unknown key "${unknown}"${hint(unknown, known) || `, it may have ${known.join(", ")}`}`,
    );
}

function refuse(what: string): SyntaxError {
  return new SyntaxError(`Cannot read the mapping: ${what}`);
}
