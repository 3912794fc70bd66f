import { resolve } from "node:path";
import type { TSchema } from "typebox";
import { expectedOf, fits, wordHint } from "../../schema/index.js";
import { optionFlags } from "./option-flags.js";
import { type GivenOptions, type OptionSchema, Weight } from "./option-schema.js";

/** Values of flags as they were typed: text, or true for a switch. */
export type FlagValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/**
 * Reads the options of a schema out of flags. Only options that were given are in the result.
 *
 * @param options.cwd Folder that relative paths start from.
 * @throws {RangeError} If a value is out of range or of the wrong kind: names the flag, the value and what is expected.
 */
export function parseFlags<S extends OptionSchema>(
  schema: S,
  flags: FlagValues,
  { cwd }: { readonly cwd: string },
): GivenOptions<S> {
  const given: Record<string, unknown> = {};
  for (const { option, flag, type } of optionFlags(schema)) {
    const typed = flags[flag];
    if (typed === undefined) continue;
    given[option] =
      type === "boolean"
        ? !flag.startsWith("no-")
        : parseOption(schema.properties[option], `--${flag}`, String(typed), cwd);
  }
  return given as GivenOptions<S>;
}

/**
 * Reads one value of an option out of text.
 *
 * @param name As messages call it, such as "--n-clusters".
 * @throws {RangeError} If it does not fit.
 */
export function parseOption(property: TSchema, name: string, text: string, cwd: string): unknown {
  const refuse = (what: string) => new RangeError(`Cannot use ${name} ${text}: ${what}`);
  const { type, path, decimals } = property as TSchema & {
    type?: string;
    path?: string;
    decimals?: number;
  };
  const value = parsedValue(type, text, refuse);
  if (!fits(property, value) || decimalsOf(text) > (decimals ?? Number.POSITIVE_INFINITY)) {
    const twice = Array.isArray(value) ? value.find((one, i) => value.indexOf(one) < i) : undefined;
    throw refuse(
      twice === undefined
        ? `expected ${expectedOf(property)}${wordHint(property, value)}`
        : `"${twice}" is given twice`,
    );
  }
  return path === undefined ? value : resolve(cwd, text);
}

function decimalsOf(text: string): number {
  return /\.(\d+)$/.exec(text)?.[1].length ?? 0;
}

function parsedValue(type: string | undefined, text: string, refuse: (what: string) => RangeError): unknown {
  if (type === "integer" || type === "number") return isNumber(text, type) ? Number(text) : text;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type === "array")
    return text
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean);
  if (type === "object") return numbersByName(text, refuse);
  return text;
}

/** True for a number that is not rounded when it is read, where it must be whole. */
function isNumber(text: string, type: "integer" | "number"): boolean {
  if (!/^-?(\d+\.?\d*|\.\d+)(e-\d+)?$/.test(text)) return false;
  return type === "number" || Number.isSafeInteger(Number(text));
}

/** `a=1,b=2` as an object. */
function numbersByName(text: string, refuse: (what: string) => RangeError): Record<string, unknown> {
  const numbers: Record<string, unknown> = {};
  for (const part of text.split(",")) {
    const { name, number } = /^\s*(?<name>[^=]*[^=\s])\s*=\s*(?<number>[^=]*?)\s*$/.exec(part)?.groups ?? {};
    if (!name) throw refuse(`"${part.trim()}" is not name=number, such as monetary=2`);
    if (Object.hasOwn(numbers, name)) throw refuse(`"${name}" is given twice`);
    const value = /^(\d+\.?\d*|\.\d+)(e-\d+)?$/.test(number) ? Number(number) : Number.NaN;
    if (!fits(Weight, value))
      throw refuse(`"${name}" is ${number ? `"${number}"` : "empty"}; expected ${expectedOf(Weight)}`);
    numbers[name] = value;
  }
  return numbers;
}
