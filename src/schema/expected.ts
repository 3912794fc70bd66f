import type { TSchema } from "typebox";
import { oneOf } from "./one-of.js";

/** Keywords of a schema that make its errors readable. */
interface Described extends TSchema {
  /** The valid values in words, such as "a share in [0, 1]"; derived from the schema by default. */
  readonly expected?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Described[];
  readonly items?: Described;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
}

/**
 * Describes the values that a schema accepts.
 *
 * @example
 * expectedOf({ type: "integer", minimum: 2 }); // "a whole number, at least 2"
 */
export function expectedOf(schema: TSchema): string {
  const { expected, enum: words, const: constant, anyOf, type, items } = schema as Described;
  if (expected !== undefined) return expected;
  if (words) return oneOf(words.map((word) => JSON.stringify(word)));
  if (constant !== undefined) return JSON.stringify(constant);
  if (anyOf) return anyOf.map(expectedOf).join(" or ");
  if (type === "integer") return `a whole number${rangeOf(schema).replace(/^ of at least/, ", at least")}`;
  if (type === "number") return `a number${rangeOf(schema)}`;
  if (type === "boolean") return "true or false";
  if (type === "array") return items ? `a list, each item ${expectedOf(items)}` : "a list";
  if (type === "object") return "an object";
  return type === "string" ? "text" : "another value";
}

function rangeOf(schema: TSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Described;
  const bounds = [
    ...(minimum === undefined ? [] : [`of at least ${minimum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`]),
  ];
  return bounds.length ? ` ${bounds.join(" and ")}` : "";
}
