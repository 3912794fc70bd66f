import { messageOf } from "../errors.js";
import { type GivenOptions, type OptionSchema, optionFlags, parseFlags } from "../pipeline/index.js";
import { CliError } from "./cli-error.js";
import type { CommandInput, CommandOption } from "./command.js";

/** Returns the flags of a schema as command options, `shared` if many commands have them. */
export function schemaFlags(
  schema: OptionSchema,
  { shared = false }: { readonly shared?: boolean } = {},
): Record<string, CommandOption> {
  return Object.fromEntries(
    optionFlags(schema).map(({ flag, type, value, about }) => [
      flag,
      { type, about, ...(value === undefined ? {} : { value }), ...(shared ? { shared } : {}) },
    ]),
  );
}

/**
 * Reads the options of a schema that a command was given.
 *
 * @throws {CliError} With exit code 2 if a value does not fit.
 */
export function readFlags<S extends OptionSchema>(schema: S, { options, effects }: CommandInput): GivenOptions<S> {
  return asUsage(() => parseFlags(schema, options, { cwd: effects.cwd }));
}

/** Reports an error as wrong usage, with exit code 2. */
export function asUsage<T>(body: () => T): T {
  try {
    return body();
  } catch (cause) {
    throw new CliError(messageOf(cause), 2, { cause });
  }
}
