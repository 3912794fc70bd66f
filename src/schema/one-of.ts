import type { TSchema } from "typebox";
import { nearest } from "../errors.js";

/**
 * Writes alternatives: "drop or net", "standard, strict or fitted".
 *
 * @example
 * oneOf(["standard", "strict", "fitted"]); // "standard, strict or fitted"
 */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/**
 * Returns the hint for a mistyped word of a closed list, to follow what is expected; "" if no word is near.
 *
 * @example
 * wordHint(Type.Enum(["drop", "net"]), "dorp"); // '; did you mean "drop"?'
 */
export function wordHint(schema: TSchema, value: unknown): string {
  const { enum: words, items } = schema as { readonly enum?: readonly unknown[]; readonly items?: TSchema };
  if (items && Array.isArray(value)) return value.map((one) => wordHint(items, one)).find(Boolean) ?? "";
  if (!words || typeof value !== "string" || words.includes(value)) return "";
  const near = nearest(
    value,
    words.filter((word) => typeof word === "string"),
  );
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
