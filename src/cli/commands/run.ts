import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { messageOf } from "../../errors.js";
import {
  type AnyStage,
  defineOptions,
  didYouMean,
  type PlannedStage,
  parseOption,
  SHARED_OPTIONS,
  sharedOptions,
  stages,
} from "../../pipeline/index.js";
import { CliError } from "../cli-error.js";
import { type Command, type CommandInput, text, texts } from "../command.js";
import { commonOptions } from "../common-options.js";
import { asUsage, readFlags, runPlanned, schemaFlags } from "../stage-command.js";
import { runNotebooksCommand } from "./notebooks.js";

const names = stages.map(({ name }) => name);
const shared = defineOptions(sharedOptions);

export const run: Command = {
  name: "run",
  about: `Run all stages: ${names.join(", ")}`,
  options: {
    ...commonOptions,
    ...schemaFlags(shared),
    stages: { type: "string", value: "<names>", about: `Only some stages, separated by commas: ${names.join(",")}` },
    config: { type: "string", value: "<file>", about: "JSON file with options, those of a stage under its name" },
    set: {
      type: "string",
      value: "<stage.option=value>",
      multiple: true,
      about: "Option of a stage, such as segment.nClusters=5; may be repeated",
    },
    notebooks: { type: "boolean", about: "Also execute the notebooks" },
  },
  run: async (input) => {
    const planned = await plannedStages(input);
    await runPlanned(input, planned, { name: "run", several: true });
    if (input.options["notebooks"]) await runNotebooksCommand({ ...input, operands: [] });
  },
};

/** Returns the requested stages in pipeline order, each with its options. */
async function plannedStages(input: CommandInput): Promise<PlannedStage[]> {
  const config = await readConfig(input);
  const flags = readFlags(shared, input);
  const sets = texts(input.options, "set").map((set) => parseSet(set, input.effects.cwd));
  return wantedStages(text(input.options, "stages")).map((stage) => {
    const own = (config[stage.name] ?? {}) as Record<string, unknown>;
    const common = Object.fromEntries(
      Object.entries({ ...config, ...flags }).filter(([name]) => isShared(name) && name in stage.options.properties),
    );
    const set = Object.fromEntries(sets.flatMap((one) => (one.stage === stage.name ? [[one.option, one.value]] : [])));
    return { stage, options: { ...common, ...own, ...set } };
  });
}

function wantedStages(given: string | undefined): AnyStage[] {
  const wanted = given?.split(",").map((name) => name.trim()) ?? names;
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new CliError(`Cannot run the stage "${unknown}": ${didYouMean(unknown, names)}`, 2);
  return stages.filter(({ name }) => wanted.includes(name));
}

async function readConfig({ options, effects }: CommandInput): Promise<Record<string, unknown>> {
  const path = text(options, "config");
  if (path === undefined) return {};
  let config: unknown;
  try {
    config = JSON.parse(await readFile(resolve(effects.cwd, path), "utf8"));
  } catch (cause) {
    throw new CliError(`Cannot read the configuration "${path}": ${messageOf(cause)}`, 2, { cause });
  }
  const known = [...SHARED_OPTIONS, ...names];
  const unknown = Object.keys(Object(config)).find((key) => !(known as readonly string[]).includes(key));
  if (unknown !== undefined) {
    throw new CliError(
      `Cannot use the configuration "${path}": "${unknown}" is neither a stage nor a shared option; ${didYouMean(unknown, known)}`,
      2,
    );
  }
  return config as Record<string, unknown>;
}

/** Parses `segment.nClusters=5`; the value gets the type of the option. */
function parseSet(set: string, cwd: string): { stage: string; option: string; value: unknown } {
  const { stage, option, value } = /^(?<stage>[^.=]+)\.(?<option>[^.=]+)=(?<value>.*)$/s.exec(set)?.groups ?? {};
  if (stage === undefined) throw new CliError(`Cannot use --set ${set}: expected stage.option=value`, 2);
  const found = stages.find(({ name }) => name === stage);
  if (!found)
    throw new CliError(`Cannot use --set ${set}: there is no stage "${stage}"; ${didYouMean(stage, names)}`, 2);
  const properties = found.options.properties;
  if (!Object.hasOwn(properties, option)) {
    const meant = didYouMean(option, Object.keys(properties));
    throw new CliError(`Cannot use --set ${set}: ${stage} has no option "${option}"; ${meant}`, 2);
  }
  return {
    stage,
    option,
    value: asUsage(() => parseOption(properties[option], `--set ${stage}.${option}`, value, cwd)),
  };
}

function isShared(name: string): boolean {
  return (SHARED_OPTIONS as readonly string[]).includes(name);
}
