import type { TSchema } from "typebox";
import { Check } from "typebox/schema";
import { didYouMean, requireKnownOptions } from "../errors.js";
import { expectedOf } from "./expected.js";
import { wordHint } from "./one-of.js";

/** The parts of a schema that a path leads through. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly anyOf?: readonly TSchema[];
}

/**
 * Describes the first fault of a value: the path, the value found, what is expected, and the nearest valid key.
 *
 * @param where Name of the whole value, which paths begin with; "" for none.
 * @returns Undefined if the value fits the schema.
 *
 * @example
 * const schema = Type.Object({ margin: Type.Number({ minimum: 0 }) }, { additionalProperties: false });
 * schemaProblem(schema, { margn: 1 }, { where: "settings" }); // '"settings" has an unknown key "margn"; did you mean "margin"?'
 */
export function schemaProblem(
  schema: TSchema,
  value: unknown,
  options: { readonly where?: string } = {},
): string | undefined {
  requireKnownOptions("check a value", options, { where: true });
  const { where = "" } = options;
  if (Check(schema, value)) return undefined;
  return faultOf(schema, value, where ? [where] : []) ?? `${quoted(where ? [where] : [])} does not fit`;
}

/** The fault nearest to the root, so that a wrong kind is named before what it lacks. */
function faultOf(schema: TSchema, value: unknown, path: readonly string[]): string | undefined {
  if (Check(schema, value)) return undefined;
  const { type, properties, patternProperties, items, anyOf } = schema as Node;
  const wrong = `${quoted(path)} is ${shown(value)}; expected ${expectedOf(schema)}${wordHint(schema, value)}`;
  if (type === "object") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong;
    const known = properties ?? {};
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    const unknown = entries.find(([key]) => !Object.hasOwn(known, key) && !patternOf(patternProperties, key));
    if (unknown && isClosed(schema)) return unknownKey(path, unknown[0], Object.keys(known));
    for (const key of requiredOf(schema)) {
      if ((value as Record<string, unknown>)[key] === undefined) {
        return `${path.length ? `${quoted(path)} has no "${key}"` : `"${key}" is missing`}; expected ${expectedOf(known[key])}`;
      }
    }
    for (const [key, one] of entries) {
      const part = known[key] ?? patternOf(patternProperties, key);
      const fault = part && faultOf(part, one, [...path, key]);
      if (fault) return fault;
    }
    return wrong;
  }
  if (type === "array" && Array.isArray(value) && items) {
    for (const [i, one] of (value as unknown[]).entries()) {
      const fault = faultOf(items, one, [...path.slice(0, -1), `${path.at(-1) ?? ""}[${i}]`]);
      if (fault) return fault;
    }
  }
  // Of several object forms, the one with the most keys in common was meant.
  const meant = anyOf?.filter((one) => (one as Node).type === kindOf(value) && kindOf(value) === "object");
  if (meant?.length === 1) return faultOf(meant[0], value, path);
  return wrong;
}

function unknownKey(path: readonly string[], key: string, known: readonly string[]): string {
  const place = path.length ? `${quoted(path)} has an unknown key "${key}"` : `"${key}" is an unknown key`;
  return `${place}; ${didYouMean(key, known)}`;
}

function patternOf(patterns: Node["patternProperties"], key: string): TSchema | undefined {
  return Object.entries(patterns ?? {}).find(([pattern]) => new RegExp(pattern).test(key))?.[1];
}

function requiredOf(schema: TSchema): readonly string[] {
  return (schema as { required?: readonly string[] }).required ?? [];
}

function isClosed(schema: TSchema): boolean {
  return (schema as { additionalProperties?: unknown }).additionalProperties === false;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function quoted(path: readonly string[]): string {
  return path.length ? `"${path.join(".")}"` : "the value";
}

/** A value as JSON, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
