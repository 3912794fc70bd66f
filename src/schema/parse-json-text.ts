import { messageOf } from "../errors.js";
import type { CheckOptions } from "./check-value.js";

/**
 * Parses JSON text that no schema describes, or that is checked later.
 *
 * @throws {SyntaxError} If it is not JSON: `Cannot <action>: not valid JSON (<reason>)`.
 *
 * @example
 * parseJsonText('["a"]', { action: "read the names" }); // ["a"]
 */
export function parseJsonText(text: string, { action }: Pick<CheckOptions, "action">): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot ${action}: not valid JSON (${messageOf(cause)})`, { cause });
  }
}
