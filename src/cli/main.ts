import { nearest } from "../errors.js";
import { CliError } from "./cli-error.js";
import { type Command, type CommandTitle, commandHelp, loadCommand, parseCommand } from "./command.js";
import { commandTable } from "./commands/index.js";
import type { Effects } from "./effects.js";

/**
 * Runs one command, for example `["report", "--dataset", "demo"]`.
 *
 * @throws {CliError} If the command is unknown or its arguments do not parse.
 */
export async function main(args: readonly string[], effects: Effects): Promise<void> {
  if (args[0] === "--version") {
    const { versions } = await import("../pipeline/index.js");
    return effects.out(`${versions()["rekindle"]}\n`);
  }
  if (args[0] === "help" && args.length > 1) return main([...args.slice(1), "--help"], effects);
  if (!args.length || ["help", "--help", "-h"].includes(args[0])) return effects.out(`${overview()}\n`);
  const words = args.findIndex((word) => word.startsWith("-"));
  const said = args.slice(0, words < 0 ? args.length : words);
  // The longest name that the words begin with: "data add" before "data".
  const entry = [...commandTable]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => name.split(" ").every((word, i) => said[i] === word));
  const command = entry ? await loadCommand(entry) : await stageOutsideTable(said[0]);
  if (!command) {
    const names = commandTable.map(({ name }) => name);
    const group = names.filter((name) => name.startsWith(`${said[0]} `));
    if (group.length && said.length === 1 && ["--help", "-h"].includes(args[1])) {
      return effects.out(`${groupHelp(said[0], commandTable)}\n`);
    }
    if (group.length) {
      throw new CliError(
        `Cannot run rekindle ${said.slice(0, 2).join(" ")}: ${said.length > 1 ? "there is no such command" : "it is a group of commands"}; use one of ${group.join(", ")}`,
        2,
      );
    }
    const near = nearest(String(args[0]), names);
    throw new CliError(
      `Cannot run rekindle ${args[0]}: there is no such command${near ? `; did you mean "${near}"?` : ""}; npx rekindle --help lists them`,
      2,
    );
  }
  const { operands, options } = parseCommand(command, args.slice(command.name.split(" ").length));
  if (options["help"]) {
    effects.out(`${commandHelp(command)}\n`);
    return;
  }
  if (operands.length && !command.operands) {
    throw new CliError(
      `Cannot run rekindle ${command.name}: it takes no "${operands[0]}"; npx rekindle ${command.name} --help lists its arguments`,
      2,
    );
  }
  await command.run({ operands, options, effects });
}

/** The command of a stage that is new, and not in the table of commands yet. */
async function stageOutsideTable(name: string | undefined): Promise<Command | undefined> {
  const { stages } = await import("../pipeline/index.js");
  const stage = stages.find((one) => one.name === name);
  if (!stage) return undefined;
  const { stageCommand } = await import("./stage-command.js");
  return { name: stage.name, about: stage.about, ...stageCommand(stage) };
}

function overview(): string {
  return commandList("npx rekindle", commandTable);
}

/** Returns the help of the commands that begin with one word, such as "data". */
function groupHelp(word: string, all: readonly CommandTitle[]): string {
  const group = all.filter(({ name }) => name.startsWith(`${word} `));
  return commandList(
    `npx rekindle ${word}`,
    group.map(({ name, ...title }) => ({ ...title, name: name.slice(word.length + 1) })),
  );
}

function commandList(call: string, shown: readonly CommandTitle[]): string {
  const called = shown.map(({ name, operands = "" }) => `${name} ${operands}`.trimEnd());
  const width = Math.max(...called.map((words) => words.length));
  const rows = shown.map(({ about }, i) => `  ${called[i].padEnd(width)}  ${about}`);
  return [`${call} <command> [options]`, "", ...rows, "", `${call} <command> --help lists a command's options.`].join(
    "\n",
  );
}
