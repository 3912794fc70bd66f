import type { TSchema } from "typebox";

/**
 * Returns a copy of a value in which absent keys have the defaults of the schema, at any depth of objects.
 *
 * @example
 * fillDefaults(Type.Object({ days: Type.Integer({ default: 90 }) }), {}); // { days: 90 }
 */
export function fillDefaults(schema: TSchema, value: unknown): unknown {
  const { default: otherwise, properties } = schema as TSchema & {
    default?: unknown;
    properties?: Readonly<Record<string, TSchema>>;
  };
  const given = value === undefined ? structuredClone(otherwise) : value;
  if (!properties || typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const filled: Record<string, unknown> = { ...given };
  for (const [key, property] of Object.entries(properties)) {
    const one = fillDefaults(property, filled[key]);
    if (one !== undefined) filled[key] = one;
  }
  return filled;
}
