import type { Static, TObject, TProperties, TSchema } from "typebox";
import { Type } from "typebox";
import { calendarDay, oneOf } from "../../schema/index.js";

/** The options of a stage: their types, defaults, ranges and help, declared once. */
export type OptionSchema = TSchema & { readonly properties: Readonly<Record<string, TSchema>> };

/** Options as a caller gives them; absent ones take their defaults. */
export type GivenOptions<S extends OptionSchema> = Partial<Static<S>>;

/** Keywords of an option beside those of JSON Schema. */
export interface OptionKeywords {
  /** Placeholder of the value in help, such as "<days>"; derived from the type by default. */
  readonly value?: string;
  /** Name of the flag, where it is not the option's name in kebab-case. */
  readonly flag?: string;
  /** Help of the flag that switches an option off, such as "Skip figures"; the description is that of the option itself. */
  readonly negated?: string;
  /** The valid values in words, for errors. */
  readonly expected?: string;
  /** A path, resolved against the working directory; its content belongs to the identity of what is made. */
  readonly path?: "file" | "folder";
  /** Most decimals of a number; defaults to any. */
  readonly decimals?: number;
  /** The option changes what is written beside the data, or how a run goes, never the data. */
  readonly cosmetic?: boolean;
  /** The option asks for something in this run only: it makes the stage run, and neither identity nor manifest has it. */
  readonly once?: boolean;
  readonly default?: unknown;
}

/**
 * Declares the options of a stage. Unknown keys are refused.
 *
 * @example
 * const options = defineOptions({ minOrders: wholeNumber("Orders required for a cluster", { default: 1, minimum: 1 }) });
 */
export function defineOptions<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

/** Declares a whole number. */
export function wholeNumber(
  description: string,
  keywords: OptionKeywords & { readonly minimum?: number; readonly maximum?: number } = {},
) {
  const { minimum = 0, maximum } = keywords;
  return Type.Integer({
    description,
    value: "<number>",
    ...keywords,
    minimum,
    expected:
      keywords.expected ??
      `a whole number${maximum === undefined ? `, at least ${minimum}` : ` from ${minimum} to ${maximum}`}`,
  });
}

/** Declares a number of days, at most a hundred years, so that no date leaves the calendar. */
export function daysOption(description: string, keywords: OptionKeywords = {}) {
  return wholeNumber(description, { value: "<days>", ...keywords, minimum: 1, maximum: 36_500 });
}

/** Declares an amount, share or other number, with its range in JSON Schema's keywords. */
export function numberOption(
  description: string,
  keywords: OptionKeywords & {
    readonly minimum?: number;
    readonly maximum?: number;
    readonly exclusiveMinimum?: number;
    readonly exclusiveMaximum?: number;
  },
) {
  return Type.Number({ description, value: "<number>", ...keywords });
}

/** Declares a share strictly between 0 and 1. */
export function shareOption(description: string, keywords: OptionKeywords = {}) {
  const such = typeof keywords.default === "number" ? keywords.default : 0.1;
  return numberOption(description, {
    value: "<share>",
    expected: `a share between 0 and 1, such as ${such}`,
    ...keywords,
    exclusiveMinimum: 0,
    exclusiveMaximum: 1,
  });
}

/** Declares one of a few words. */
export function choice<const W extends string>(
  words: readonly W[],
  description: string,
  keywords: OptionKeywords = {},
) {
  return Type.Unsafe<W>(
    Type.Enum([...words], { description, value: words.join("|"), expected: oneOf(words), ...keywords }),
  );
}

/** Declares a list of different ones of a few words, separated by commas on the command line. */
export function choices<const W extends string>(
  words: readonly W[],
  description: string,
  keywords: OptionKeywords & { readonly default?: readonly W[] } = {},
) {
  return Type.Unsafe<readonly W[]>(
    Type.Array(Type.Enum([...words]), {
      description,
      value: "<names>",
      minItems: 1,
      uniqueItems: true,
      expected: `different names among ${words.join(", ")}`,
      ...keywords,
    }),
  );
}

/** Declares text. */
export function textOption(description: string, keywords: OptionKeywords & { readonly pattern?: string } = {}) {
  return Type.String({ description, value: "<name>", ...keywords });
}

/** Declares a calendar day. */
export function dayOption(description: string, keywords: OptionKeywords = {}) {
  return calendarDay({ description, value: "<YYYY-MM-DD>", ...keywords });
}

/** Declares the path of a file or a folder. */
export function pathOption(kind: "file" | "folder", description: string, keywords: OptionKeywords = {}) {
  return Type.String({ description, value: `<${kind}>`, path: kind, minLength: 1, expected: `a ${kind}`, ...keywords });
}

/** Declares a list of different names, separated by commas on the command line. */
export function namesOption(
  description: string,
  keywords: OptionKeywords & { readonly default?: readonly string[] } = {},
) {
  return Type.Array(Type.String({ minLength: 1 }), {
    description,
    value: "<names>",
    minItems: 1,
    uniqueItems: true,
    expected: "at least one name, none twice",
    ...keywords,
  });
}

/**
 * One weight. A feature a million times as heavy as another already decides alone; beyond about 1e150, or below its
 * inverse, the squares of distances leave the range of numbers.
 */
export const Weight = Type.Number({
  minimum: 1e-6,
  maximum: 1e6,
  expected: "a number from 0.000001 to 1000000",
});

/** Declares numbers by name, as `name=number` separated by commas on the command line. */
export function weightsOption(description: string, keywords: OptionKeywords = {}) {
  return Type.Record(Type.String(), Weight, {
    description,
    value: "<name=number>",
    ...keywords,
  });
}

/** Declares a switch. One that is on by default is switched off by `--no-<name>`, whose help is `negated`. */
export function switchOption(
  description: string,
  keywords: OptionKeywords & ({ readonly default: false } | { readonly default: true; readonly negated: string }),
) {
  return Type.Boolean({ description, ...keywords });
}

/** Makes an option with a default optional: absent, something else decides, which the description says. */
export function withoutDefault<T extends TSchema>(schema: T, description?: string) {
  const { default: _, ...keywords } = schema as T & { readonly default?: unknown };
  return Type.Optional(Type.Unsafe<Static<T>>({ ...keywords, ...(description === undefined ? {} : { description }) }));
}

/** Declares the options of a schema as a caller may give them: each optional and without its default. */
export function givenOptions({ properties }: OptionSchema): OptionSchema {
  return defineOptions(
    Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, withoutDefault(property)])),
  );
}

/** Makes an option optional: absent, something else decides. */
export function optional<T extends TSchema>(schema: T) {
  return Type.Optional(schema);
}
