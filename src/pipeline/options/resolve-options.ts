import type { Static } from "typebox";
import { checkValue } from "../../schema/index.js";
import type { GivenOptions, OptionSchema } from "./option-schema.js";

/**
 * Checks given options against a schema and fills in the defaults.
 *
 * @param name Name of the stage, for errors.
 * @throws {SyntaxError} If an option is unknown or out of range: names it, the value, what is expected and the nearest name.
 */
export function resolveOptions<S extends OptionSchema>(schema: S, given: GivenOptions<S>, name: string): Static<S> {
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return checkValue(schema, present, { action: `run ${name}`, where: name });
}
