import { isDeepStrictEqual } from "node:util";
import type { CommandStage } from "../stage.js";
import { contextOptions } from "./context-options.js";
import { optionFlags } from "./option-flags.js";
import { defineOptions, type OptionSchema } from "./option-schema.js";
import { SHARED_OPTIONS, sharedOptions } from "./shared-options.js";

/** Options of the command that are about the run as a whole, by name in code. */
export type CommandContext = Readonly<Record<string, unknown>> & { readonly dataset: string };

/**
 * Writes the command that runs a stage with these options. Options at their defaults are left out.
 *
 * @example
 * stageCommandLine({ stage: { name: "features", options: defineOptions(sharedOptions) }, options: { returns: "net" } }, { dataset: "shop" });
 * // "npx rekindle features --dataset shop --returns net"
 */
export function stageCommandLine({ stage, options }: CommandStage, context: CommandContext): string {
  return commandOf(stage.name.replace("-", " "), [...contextWords(context), ...flagWords(stage.options, options)]);
}

/**
 * Writes the command that runs all stages with these options: shared ones as flags where the stages agree on them, the
 * others as `--set stage.option=value`.
 */
export function runCommandLine(planned: readonly CommandStage[], context: CommandContext): string {
  const agreed = SHARED_OPTIONS.filter((name) => agree(planned, name));
  const shared = agreed.map((name) => [name, planned.find(({ stage }) => has(stage, name))?.options[name]] as const);
  const words = flagWords(defineOptions(sharedOptions), Object.fromEntries(shared));
  for (const { stage, options } of planned) {
    for (const [name, value] of changed(stage.options, options)) {
      if ((agreed as readonly string[]).includes(name)) continue;
      words.push(`--set ${shellQuoted(`${stage.name}.${name}=${textOf(value)}`)}`);
    }
  }
  return commandOf("run", [...contextWords(context), ...words]);
}

/** True if all stages that have a shared option were given the same value of it. */
function agree(planned: readonly CommandStage[], name: string): boolean {
  const values = planned.filter(({ stage }) => has(stage, name)).map(({ options }) => options[name]);
  return values.every((value) => isDeepStrictEqual(value, values[0]));
}

function commandOf(name: string, words: readonly string[]): string {
  return ["npx rekindle", name, ...words].join(" ");
}

/** What was decided for the run, also where it is the default: another day or seed may have been decided before. */
function contextWords({ dataset, ...context }: CommandContext): string[] {
  const given = new Map(Object.entries({ dataset, ...context }).filter(([, value]) => value !== undefined));
  return flagsOf(contextOptions, given);
}

function flagWords(schema: OptionSchema, options: Readonly<Record<string, unknown>>): string[] {
  return flagsOf(schema, new Map(changed(schema, options)));
}

function flagsOf(schema: OptionSchema, values: ReadonlyMap<string, unknown>): string[] {
  return optionFlags(schema).flatMap(({ option, flag, type }) => {
    if (!values.has(option)) return [];
    if (type === "boolean") return [`--${flag}`];
    const text = textOf(values.get(option));
    return [`--${flag}${text.startsWith("-") ? "=" : " "}${shellQuoted(text)}`];
  });
}

/** The options that differ from their defaults. */
function changed(schema: OptionSchema, options: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(schema.properties).flatMap(([name, property]): [string, unknown][] => {
    const value = options[name];
    const { default: otherwise } = property as { readonly default?: unknown };
    return value === undefined || isDeepStrictEqual(value, otherwise) ? [] : [[name, value]];
  });
}

function has({ options }: CommandStage["stage"], name: string): boolean {
  return Object.hasOwn(options.properties, name);
}

/** A value as the command line takes it. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, number]) => `${name}=${textOf(number)}`)
    .join(",");
}

/** A word of a shell: as it is, or in quotes where the shell would change it. */
function shellQuoted(word: string): string {
  if (/^[\w./:=,@%+-]+$/.test(word)) return word;
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word}"`;
}
