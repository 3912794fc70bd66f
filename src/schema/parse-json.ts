import type { Static, TSchema } from "typebox";
import { requireKnownOptions } from "../errors.js";
import { type CheckOptions, checkValue } from "./check-value.js";
import { parseJsonText } from "./parse-json-text.js";

/**
 * Parses JSON text and checks it against a schema.
 *
 * @throws {SyntaxError} If it is not JSON or does not fit.
 *
 * @example
 * parseJson(Type.Array(Type.String()), '["a"]', { action: "read the names" }); // ["a"]
 */
export function parseJson<S extends TSchema>(schema: S, text: string, options: CheckOptions): Static<S> {
  requireKnownOptions("parse JSON", options, { action: true, where: true });
  return checkValue(schema, parseJsonText(text, options), options);
}
