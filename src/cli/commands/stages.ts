import { cleanStage, featuresStage, reportStage, type Stage } from "../../pipeline/index.js";
import { CliError } from "../cli-error.js";
import { type Command, type CommandInput, type CommandOption, oneOf, text } from "../command.js";
import { commonOptions, runStageCommand } from "../stage-context.js";
import { runNotebooksCommand } from "./notebooks.js";
import { segmentOptions, segmentStageOf } from "./segment.js";

const deduplicate: CommandOption = {
  type: "boolean",
  about: "Also drops rows that repeat an earlier one in every column",
};
const returns: CommandOption = {
  type: "string",
  value: "drop|net",
  about: "Ignores returns in money, or subtracts them; defaults to drop",
};
const featureFolder: CommandOption = {
  type: "string",
  value: "<folder>",
  about: "Adds the SQL feature groups of a folder of yours",
};
const noFigures: CommandOption = { type: "boolean", about: "Writes no pictures" };

/** The policy if one is asked for; else features take theirs by default, and a report that of its features. */
const policyOf = ({ options }: CommandInput) => {
  const returns = oneOf(options, "returns", ["drop", "net"] as const);
  return returns ? { returns } : {};
};

const makers: Readonly<Record<string, (input: CommandInput) => Stage | Promise<Stage>>> = {
  clean: ({ options }) => cleanStage({ deduplicate: options["deduplicate"] === true }),
  features: (input) => {
    const folder = text(input.options, "feature-dir");
    return featuresStage({ ...policyOf(input), ...(folder ? { featureFolder: folder } : {}) });
  },
  segment: segmentStageOf,
  report: (input) => reportStage({ ...policyOf(input), figures: input.options["no-figures"] !== true }),
};

export const clean: Command = {
  name: "clean",
  about: "Applies the dataset's cleaning rules and writes trusted tables, the report and the ledger",
  options: { ...commonOptions, deduplicate },
  run: async (input) => void (await runStageCommand(input, [await makers["clean"](input)], { name: "clean" })),
};

export const features: Command = {
  name: "features",
  about: "Computes one row per customer as of a day, the buy-till-you-die summary and labels",
  options: { ...commonOptions, returns, "feature-dir": featureFolder },
  run: async (input) => void (await runStageCommand(input, [await makers["features"](input)], { name: "features" })),
};

export const report: Command = {
  name: "report",
  about: "Writes the reports as Markdown and as self-contained HTML",
  options: { ...commonOptions, returns, "no-figures": noFigures },
  run: async (input) => void (await runStageCommand(input, [await makers["report"](input)], { name: "report" })),
};

export const run: Command = {
  name: "run",
  about: "Runs all stages: clean, features, segment, report",
  options: {
    ...commonOptions,
    deduplicate,
    returns,
    "feature-dir": featureFolder,
    "no-figures": noFigures,
    ...segmentOptions,
    stages: {
      type: "string",
      value: "<names>",
      about: `Some stages only, separated by commas: ${Object.keys(makers).join(",")}`,
    },
    notebooks: { type: "boolean", about: "Also executes the notebooks" },
  },
  run: async (input) => {
    const names =
      text(input.options, "stages")
        ?.split(",")
        .map((name) => name.trim()) ?? Object.keys(makers);
    const unknown = names.find((name) => !Object.hasOwn(makers, name));
    if (unknown !== undefined)
      throw new CliError(`Cannot run the stage "${unknown}": there are ${Object.keys(makers).join(", ")}`, 2);
    // In the order in which they build on each other, whatever the order they are named in.
    const wanted = Object.keys(makers).filter((name) => names.includes(name));
    const stages = await Promise.all(wanted.map((name) => makers[name](input)));
    await runStageCommand(input, stages, { name: "run" });
    if (input.options["notebooks"]) await runNotebooksCommand({ ...input, operands: [] });
  },
};
