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
  if (value === undefined) return structuredClone(otherwise);
  if (!properties || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [key, property] of Object.entries(properties)) {
    const one = fillDefaults(property, filled[key]);
    if (one !== undefined) filled[key] = one;
  }
  return filled;
}
