import { type ParseArgsConfig, parseArgs } from "node:util";
import { messageOf, nearest } from "../errors.js";
import { CliError } from "./cli-error.js";
import type { Effects } from "./effects.js";

/** Option of a command. */
export interface CommandOption {
  readonly type: "string" | "boolean";
  /** Placeholder of the value in help, such as "<day>". */
  readonly value?: string;
  readonly about: string;
  /** True if it may be given several times; defaults to false. */
  readonly multiple?: boolean;
  /** True for an option of many commands, which the help lists after the command's own; defaults to false. */
  readonly shared?: boolean;
}

/** Parsed options by name; an absent one is undefined. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Options and work of a command; the module is loaded when the command runs. */
export interface CommandBody {
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly run: (input: CommandInput) => Promise<void>;
}

/** Name of a command, and its line in the help. */
export interface CommandTitle {
  /** Its words, such as "data add". */
  readonly name: string;
  readonly about: string;
  /** Positional arguments in help, such as "<name>". */
  readonly operands?: string;
}

/** Command of the command line. */
export interface Command extends CommandTitle, CommandBody {}

/** A line of the table of commands. */
export interface CommandEntry extends CommandTitle {
  readonly load: () => Promise<CommandBody>;
}

/** Loads a command of the table. */
export async function loadCommand({ load, ...title }: CommandEntry): Promise<Command> {
  return { ...title, ...(await load()) };
}

/** Input of a command: positional arguments, options, effects. */
export interface CommandInput {
  readonly operands: readonly string[];
  readonly options: OptionValues;
  readonly effects: Effects;
}

/**
 * Parses the arguments after a command's name.
 *
 * @throws {CliError} With exit code 2 if an option is unknown or lacks its value.
 */
export function parseCommand(
  { name, options }: Command,
  args: readonly string[],
): Pick<CommandInput, "operands" | "options"> {
  const config = Object.fromEntries(
    Object.entries<Pick<CommandOption, "type" | "multiple">>({ ...options, help: { type: "boolean" } }).map(
      ([key, { type, multiple = false }]) => [key, { type, multiple }],
    ),
  ) satisfies ParseArgsConfig["options"];
  try {
    const { values, positionals, tokens } = parseArgs({
      args: withNumbers(args, options),
      options: config,
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
    const given = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    const twice = given.find((option, i) => given.indexOf(option) < i && !options[option]?.multiple);
    if (twice) throw new CliError(`Cannot run rekindle ${name}: --${twice} is given twice; give it once`, 2);
    return { operands: positionals, options: values as OptionValues };
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const unknown = /Unknown option '--?([^']+)'/.exec(messageOf(cause))?.[1];
    if (unknown === undefined)
      throw new CliError(`Cannot run rekindle ${name}: ${misuse(messageOf(cause), options)}`, 2, { cause });
    const near = nearest(unknown, Object.keys(options));
    throw new CliError(
      `Cannot run rekindle ${name}: it has no option "--${unknown}"${near ? `; did you mean "--${near}"?` : `; npx rekindle ${name} --help lists them`}`,
      2,
      { cause },
    );
  }
}

/** Joins a negative number to the option before it, so that the option refuses it and not the parser. */
function withNumbers(args: readonly string[], options: Command["options"]): string[] {
  const joined: string[] = [];
  for (const [i, arg] of args.entries()) {
    const before = joined.at(-1);
    const taken = !args.slice(0, i).includes("--") && /^-[\d.]/.test(arg) && options[before?.replace(/^--/, "") ?? ""];
    if (taken && taken.type === "string") joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** Restates Node's message about a missing or superfluous value. */
function misuse(message: string, options: Command["options"]): string {
  const option = /^Option '(?:-\w, )?--([\w-]+)/.exec(message)?.[1];
  if (option === undefined) return message;
  const { type, value = "a value" } = options[option] ?? { type: "boolean" };
  return type === "string" ? `--${option} needs a value: ${value}` : `--${option} takes no value`;
}

/** Returns the help of one command. */
export function commandHelp({ name, about, operands = "", options }: Command): string {
  const rows = Object.entries(options).map(([key, { value = "", about, shared = false }]) => ({
    option: `--${key} ${value}`.trimEnd(),
    about,
    shared,
  }));
  const width = Math.max(0, ...rows.map(({ option }) => option.length));
  const listed = (which: boolean) =>
    rows.flatMap(({ option, about, shared }) => (shared === which ? [`  ${option.padEnd(width)}  ${about}`] : []));
  const [own, shared] = [listed(false), listed(true)];
  return [
    `npx rekindle ${name} ${operands}`.trimEnd(),
    ...["", about],
    ...(own.length ? ["", ...own] : []),
    ...(shared.length ? ["", ...(own.length ? ["Options of many commands:"] : []), ...shared] : []),
  ].join("\n");
}

/** Returns a text option, if given. */
export function text(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

/** Returns all values of an option that may be repeated. */
export function texts(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value : [];
}
