import { readFile } from "node:fs/promises";
import { messageOf } from "../../errors.js";
import { defaultSegmentFeatures, type SegmentStageOptions, type Stage, segmentStage } from "../../pipeline/index.js";
import { parseSegmentationModel } from "../../segmentation/index.js";
import { parseStrategies } from "../../strategy/index.js";
import { CliError } from "../cli-error.js";
import { type Command, type CommandInput, type CommandOption, oneOf, text, wholeNumber } from "../command.js";
import { commonOptions, runStageCommand } from "../stage-context.js";
import { featureWeights } from "./feature-weights.js";

/** Lists of features that have a name. */
const featureLists: Readonly<Record<string, readonly string[]>> = {
  rfm: defaultSegmentFeatures,
  // The seven that the segmentation module before this one used.
  "system-003": [
    ...["recency_days", "frequency", "avg_basket_value", "monetary"],
    ...["engagement_score", "purchase_frequency_per_month", "days_since_first_purchase"],
  ],
};

/** Options of `segment` beside the common ones. */
export const segmentOptions: Readonly<Record<string, CommandOption>> = {
  "n-clusters": {
    type: "string",
    value: "<number>",
    about: "Takes this many clusters, not the number found best; changes no list",
  },
  features: {
    type: "string",
    value: "<names>",
    about: `Features of clusters, separated by commas, or a list: ${Object.keys(featureLists).join(", ")}`,
  },
  weights: {
    type: "string",
    value: "<name=number>",
    about: "Weights of features of clusters, such as monetary=2, separated by commas; the others weigh 1",
  },
  "min-orders": {
    type: "string",
    value: "<number>",
    about: "Orders that a customer needs for a cluster; defaults to 1",
  },
  rules: {
    type: "string",
    value: "standard|strict",
    about: "Strict rules call no one loyal after 60 days without an order, and no one lost before 90",
  },
  strategies: { type: "string", value: "<file>", about: "JSON file that changes the strategies of segments" },
  fitted: {
    type: "string",
    value: "<file>",
    about: "Judges this segmentation_model.json, not one fitted 30 days before",
  },
  budget: { type: "string", value: "<amount>", about: "Divided among the segments by priority; defaults to 50000" },
  "no-figures": { type: "boolean", about: "Writes no pictures" },
  "plain-ids": { type: "boolean", about: "Writes the customers' own ids into the lists" },
};

/** The stage as the options ask for it. */
export async function segmentStageOf(input: CommandInput): Promise<Stage> {
  const { options } = input;
  const nClusters = options["n-clusters"] && wholeNumber(options, "n-clusters", { otherwise: 0, min: 2 });
  const budget = amountOf(text(options, "budget"));
  const returns = oneOf(options, "returns", ["drop", "net"] as const);
  const rules = oneOf(options, "rules", ["standard", "strict"] as const);
  const folder = text(options, "feature-dir");
  const strategies = text(options, "strategies");
  const fitted = text(options, "fitted");
  const features = featuresOf(text(options, "features"));
  const chosen: SegmentStageOptions = {
    features,
    weights: featureWeights(text(options, "weights"), { features }),
    minOrders: wholeNumber(options, "min-orders", { otherwise: 1, min: 1 }),
    ...(typeof nClusters === "number" ? { nClusters } : {}),
    ...(rules ? { rules } : {}),
    ...(returns ? { returns } : {}),
    ...(folder ? { featureFolder: folder } : {}),
    ...(strategies === undefined ? {} : { strategies: parseStrategies(await read(strategies, "strategies")) }),
    ...(fitted === undefined ? {} : { fitted: parseSegmentationModel(await read(fitted, "segmentation")) }),
    ...(budget === undefined ? {} : { budget }),
    figures: options["no-figures"] !== true,
    plainIds: options["plain-ids"] === true,
  };
  return segmentStage(chosen);
}

export const segment: Command = {
  name: "segment",
  about: "Clusters and names customers, with profiles, strategies, lists and movement since 30 days before",
  options: {
    ...commonOptions,
    ...segmentOptions,
    returns: {
      type: "string",
      value: "drop|net",
      about: "Ignores returns in money, or subtracts them; defaults to drop",
    },
    "feature-dir": { type: "string", value: "<folder>", about: "Adds the SQL feature groups of a folder of yours" },
  },
  run: async (input) => void (await runStageCommand(input, [await segmentStageOf(input)], { name: "segment" })),
};

function featuresOf(given: string | undefined): readonly string[] {
  const names =
    given
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean) ?? defaultSegmentFeatures;
  if (!names.length) throw new CliError("Cannot use --features: it names none, at least one is needed", 2);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice) throw new CliError(`Cannot use --features ${given}: "${twice}" is named twice, once is needed`, 2);
  return names.length === 1 ? (featureLists[names[0]] ?? names) : names;
}

function amountOf(given: string | undefined): number | undefined {
  if (given === undefined || /^\d+(\.\d{1,2})?$/.test(given)) return given === undefined ? undefined : Number(given);
  throw new CliError(`Cannot use --budget ${given}: an amount with at most two decimals is needed`, 2);
}

async function read(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new CliError(`Cannot read the ${what}: ${messageOf(cause)}`);
  }
}
