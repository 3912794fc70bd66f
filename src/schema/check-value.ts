import type { Static, TSchema } from "typebox";
import { requireKnownOptions } from "../errors.js";
import { fillDefaults } from "./fill-defaults.js";
import { schemaProblem } from "./schema-problem.js";

/** Options for {@link checkValue}. */
export interface CheckOptions {
  /** What is being done, for the error, such as `read the mapping "shop.json"`. */
  readonly action: string;
  /** Name of the whole value in paths, such as "settings"; defaults to none. */
  readonly where?: string;
}

/**
 * Checks a value of unknown kind and fills in the schema's defaults. The value itself is not changed.
 *
 * @throws {SyntaxError} If it does not fit: `Cannot <action>: <path, value found, what is expected>`.
 *
 * @example
 * const schema = Type.Object({ days: Type.Integer({ minimum: 1, default: 90 }) });
 * checkValue(schema, {}, { action: "read the settings" }); // { days: 90 }
 */
export function checkValue<S extends TSchema>(schema: S, value: unknown, options: CheckOptions): Static<S> {
  requireKnownOptions("check a value", options, { action: true, where: true });
  const { action, where = "" } = options;
  const filled = fillDefaults(schema, value);
  const problem = schemaProblem(schema, filled, { where });
  if (problem !== undefined) throw new SyntaxError(`Cannot ${action}: ${problem}`);
  return filled as Static<S>;
}
