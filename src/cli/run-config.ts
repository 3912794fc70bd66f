import { dirname, resolve } from "node:path";
import { messageOf } from "../errors.js";
import {
  type AnyStage,
  contextOptions,
  defineOptions,
  givenOptions,
  type OptionSchema,
  optional,
  optionFlags,
} from "../pipeline/index.js";
import { checkValue, parseJsonText } from "../schema/index.js";
import { readTextFile } from "../storage/index.js";
import { CliError } from "./cli-error.js";
import { asUsage } from "./schema-flags.js";

type Options = Readonly<Record<string, unknown>>;

/** A configuration of `run`. */
export interface RunConfig {
  /** Options of all stages that have them. */
  readonly shared: Options;
  /** Options by stage. */
  readonly own: Readonly<Record<string, Options>>;
}

/** Returns the schema of a configuration: shared options, and options of a stage under its name. All are optional. */
export function runConfigSchema(stages: readonly AnyStage[], shared: OptionSchema): OptionSchema {
  const own = stages.map(({ name, options }) => [name, optional(givenOptions(options))] as const);
  return defineOptions({ ...givenOptions(shared).properties, ...Object.fromEntries(own) });
}

/**
 * Reads a configuration. Relative paths in it start from its folder.
 *
 * @throws {CliError} With exit code 2 if it cannot be read or does not fit the schema.
 */
export async function readRunConfig(
  path: string,
  { stages, shared }: { readonly stages: readonly AnyStage[]; readonly shared: OptionSchema },
): Promise<RunConfig> {
  const action = `read the configuration "${path}"`;
  const text = await readTextFile(path, "the configuration").catch((cause: unknown) => {
    throw new CliError(messageOf(cause), 2, { cause });
  });
  const config = asUsage(() => {
    const content = parseJsonText(text, { action });
    for (const key of Object.keys(content ?? {})) {
      const place = placeElsewhere(key, stages, shared);
      if (place !== undefined) throw new SyntaxError(`Cannot ${action}: "${key}" ${place}`);
    }
    return checkValue(runConfigSchema(stages, shared), content, { action });
  }) as Options;
  const folder = dirname(path);
  const given = stages.filter(({ name }) => config[name] !== undefined);
  return {
    shared: withPaths(shared, config, folder),
    own: Object.fromEntries(
      given.map(({ name, options }) => [name, withPaths(options, config[name] as Options, folder)]),
    ),
  };
}

/** Says where an option is given that is no key of a configuration, or no key at this level. */
function placeElsewhere(key: string, stages: readonly AnyStage[], shared: OptionSchema): string | undefined {
  const name = key.replace(/[_-]([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(shared.properties, name)) return undefined;
  const flag = optionFlags(contextOptions).find(({ option }) => option === name)?.flag;
  if (flag !== undefined) return `is no key of a configuration; use --${flag}`;
  const owner = stages.find(({ options }) => Object.hasOwn(options.properties, name));
  return owner && `is an option of ${owner.name}; write "${owner.name}": { "${name}": ... }`;
}

/** The options of a schema among given ones, with whole paths. */
function withPaths({ properties }: OptionSchema, options: Options, folder: string): Options {
  const own = Object.entries(options).filter(([name]) => Object.hasOwn(properties, name));
  return Object.fromEntries(
    own.map(([name, value]) => {
      const { path } = properties[name] as { readonly path?: string };
      return [name, path !== undefined && typeof value === "string" ? resolve(folder, value) : value];
    }),
  );
}
