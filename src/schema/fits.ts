import type { TSchema } from "typebox";
import { Check } from "typebox/schema";

/**
 * Returns true if a value fits a schema.
 *
 * @example
 * fits(Type.Integer(), 0.5); // false
 */
export function fits(schema: TSchema, value: unknown): boolean {
  return Check(schema, value);
}
