import { messageOf } from "../errors.js";
import type { CheckOptions } from "./check-value.js";

/**
 * Parses JSON text that no schema describes, or that is checked later.
 *
 * @throws {SyntaxError} If it is not JSON: `Cannot <action>: not valid JSON (<reason>)`. Or if it has the key `__proto__`.
 *
 * @example
 * parseJsonText('["a"]', { action: "read the names" }); // ["a"]
 */
export function parseJsonText(text: string, { action }: Pick<CheckOptions, "action">): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot ${action}: not valid JSON (${messageOf(cause)})`, { cause });
  }
  // Copies of an object that has it would lose it without a word.
  if (text.includes("__proto__") && hasProtoKey(value)) {
    throw new SyntaxError(`Cannot ${action}: it has the key "__proto__", which is not allowed; rename it`);
  }
  return value;
}

function hasProtoKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, "__proto__") || Object.values(value).some(hasProtoKey);
}
