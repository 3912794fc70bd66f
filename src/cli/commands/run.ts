import { resolve } from "node:path";
import {
  type AnyStage,
  checkStage,
  defineOptions,
  didYouMean,
  type OptionSchema,
  optionFlags,
  type PlannedStage,
  parseOption,
  SHARED_OPTIONS,
  sharedOptions,
  stages,
} from "../../pipeline/index.js";
import { CliError } from "../cli-error.js";
import { type CommandBody, type CommandInput, text, texts } from "../command.js";
import { commonOptions } from "../common-options.js";
import { type RunConfig, readRunConfig } from "../run-config.js";
import { asUsage, readFlags, schemaFlags } from "../schema-flags.js";
import { runPlanned } from "../stage-command.js";
import { runNotebooksCommand } from "./notebooks.js";

const names = stages.map(({ name }) => name);
/** The shared options that a stage has: others would be accepted and do nothing. */
const shared = defineOptions(
  Object.fromEntries(SHARED_OPTIONS.filter((name) => someHas(stages, name)).map((name) => [name, sharedOptions[name]])),
);

export const run: CommandBody = {
  options: {
    stages: { type: "string", value: "<names>", about: `Only some stages, separated by commas: ${names.join(",")}` },
    config: { type: "string", value: "<file>", about: "JSON file with options, those of a stage under its name" },
    set: {
      type: "string",
      value: "<stage.option=value>",
      multiple: true,
      about: "Option of a stage, such as segment.nClusters=5; may be repeated",
    },
    notebooks: { type: "boolean", about: "Also execute the notebooks" },
    ...schemaFlags(shared),
    ...commonOptions,
  },
  run: async (input) => {
    const planned = await plannedStages(input);
    for (const { stage, options } of planned) asUsage(() => checkStage(stage, options));
    await runPlanned(input, planned, { name: "run", several: true });
    if (input.options["notebooks"]) await runNotebooksCommand({ ...input, operands: [] });
  },
};

/**
 * Returns the requested stages in pipeline order, each with its options.
 *
 * @throws {CliError} With exit code 2 if an option would not be used by any of them.
 */
export async function plannedStages(input: CommandInput): Promise<PlannedStage[]> {
  const wanted = wantedStages(text(input.options, "stages"));
  const path = text(input.options, "config");
  const config: RunConfig =
    path === undefined
      ? { shared: {}, own: {} }
      : await readRunConfig(resolve(input.effects.cwd, path), { stages, shared });
  const flags = readFlags(shared, input);
  const sets = texts(input.options, "set").map((set) => parseSet(set, input.effects.cwd));
  requireUsed(wanted, [
    ...Object.keys(flags).map((option) => ({ given: `--${flagFor(shared, option)}`, option })),
    ...Object.keys(config.shared).map((option) => ({ given: `"${option}" of the configuration "${path}"`, option })),
    ...Object.keys(config.own).map((stage) => ({ given: `"${stage}" of the configuration "${path}"`, stage })),
    ...sets.map(({ set, stage }) => ({ given: `--set ${set}`, stage })),
  ]);
  return wanted.map((stage) => {
    const common = Object.entries({ ...config.shared, ...flags }).filter(([name]) => someHas([stage], name));
    const set = sets.filter((one) => one.stage === stage.name).map(({ option, value }) => [option, value] as const);
    return { stage, options: { ...Object.fromEntries(common), ...config.own[stage.name], ...Object.fromEntries(set) } };
  });
}

function wantedStages(given: string | undefined): AnyStage[] {
  const wanted = given?.split(",").map((name) => name.trim()) ?? names;
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new CliError(`Cannot run the stage "${unknown}": ${didYouMean(unknown, names)}`, 2);
  return stages.filter(({ name }) => wanted.includes(name));
}

/** A given option, with the stage that it is for, or the shared option that it is. */
interface Given {
  readonly given: string;
  readonly stage?: string;
  readonly option?: string;
}

/** Refuses what none of the stages would read. */
function requireUsed(wanted: readonly AnyStage[], all: readonly Given[]): void {
  for (const { given, stage, option } of all) {
    if (stage !== undefined && !wanted.some(({ name }) => name === stage)) {
      throw new CliError(`Cannot use ${given}: the stage ${stage} does not run; add it to --stages or leave it out`, 2);
    }
    if (option !== undefined && !someHas(wanted, option)) {
      const having = stages.filter((one) => someHas([one], option)).map(({ name }) => name);
      throw new CliError(
        `Cannot use ${given}: it is an option of ${having.join(", ")}, which do not run; add one to --stages or leave it out`,
        2,
      );
    }
  }
}

/** Parses `segment.nClusters=5`; the value gets the type of the option. */
function parseSet(set: string, cwd: string): { set: string; stage: string; option: string; value: unknown } {
  const { stage, option, value } = /^(?<stage>[^.=]+)\.(?<option>[^.=]+)=(?<value>.*)$/s.exec(set)?.groups ?? {};
  if (stage === undefined)
    throw new CliError(
      `Cannot use --set ${set}: it is not of the form stage.option=value; write for example --set segment.nClusters=5`,
      2,
    );
  const found = stages.find(({ name }) => name === stage);
  if (!found)
    throw new CliError(`Cannot use --set ${set}: there is no stage "${stage}"; ${didYouMean(stage, names)}`, 2);
  const properties = found.options.properties;
  if (!Object.hasOwn(properties, option)) {
    const meant = didYouMean(option, Object.keys(properties));
    throw new CliError(`Cannot use --set ${set}: ${stage} has no option "${option}"; ${meant}`, 2);
  }
  const parsed = asUsage(() => parseOption(properties[option], `--set ${stage}.${option}`, value, cwd));
  return { set, stage, option, value: parsed };
}

/** The flag of an option, such as "no-figures". */
function flagFor(schema: OptionSchema, option: string): string {
  return optionFlags(schema).find((one) => one.option === option)?.flag ?? option;
}

function someHas(among: readonly AnyStage[], option: string): boolean {
  return among.some(({ options }) => Object.hasOwn(options.properties, option));
}
