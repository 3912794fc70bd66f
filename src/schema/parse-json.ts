import type { Static, TSchema } from "typebox";
import { messageOf } from "../errors.js";
import { type CheckOptions, checkValue } from "./check-value.js";

/**
 * Parses JSON text and checks it against a schema.
 *
 * @throws {SyntaxError} If it is not JSON or does not fit.
 *
 * @example
 * parseJson(Type.Array(Type.String()), '["a"]', { action: "read the names" }); // ["a"]
 */
export function parseJson<S extends TSchema>(schema: S, text: string, options: CheckOptions): Static<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot ${options.action}: not valid JSON (${messageOf(cause)})`, { cause });
  }
  return checkValue(schema, value, options);
}
