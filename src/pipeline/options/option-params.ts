import type { Static, TSchema } from "typebox";
import { snakeCase } from "../../text/index.js";
import type { OptionSchema } from "./option-schema.js";

/** Parameters of a run, as MLflow and manifests hold them. */
export type Params = Readonly<Record<string, string | number | boolean>>;

/**
 * Returns the options as parameters of a run: names in snake_case, lists joined by commas, numbers by name as JSON.
 * Cosmetic options and empty ones are left out.
 */
export function optionParams<S extends OptionSchema>(schema: S, options: Static<S>): Params {
  const params: Record<string, string | number | boolean> = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || isCosmetic(property) || isOnce(property)) continue;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      params[snakeCase(name)] = value;
    } else if (Array.isArray(value)) {
      params[snakeCase(name)] = value.join(",");
    } else if (Object.keys(value as object).length) {
      params[snakeCase(name)] = JSON.stringify(value);
    }
  }
  return params;
}

/** Returns true for an option that never changes data. */
export function isCosmetic(property: TSchema): boolean {
  return (property as TSchema & { cosmetic?: boolean }).cosmetic === true;
}

/** Returns true for an option that applies to one run only. */
export function isOnce(property: TSchema): boolean {
  return (property as TSchema & { once?: boolean }).once === true;
}
