import { resolve } from "node:path";
import {
  contactSecret,
  type PlanStageResult,
  planExperimentStage,
  type ReadoutStageResult,
  readExperimentStage,
  type SplitStageResult,
  splitExperimentStage,
} from "../../pipeline/index.js";
import {
  BEST_MEASURE_NOTE,
  PRIMARY_METRIC_NOTE,
  planSentences,
  planTable,
  readoutSentences,
  readoutTable,
  splitSentences,
  splitTable,
  warningText,
} from "../../reports/index.js";
import { readEnvironment } from "../../storage/index.js";
import { type ExperimentPlan, planExperimentByFigures } from "../../strategy/index.js";
import { type Conventions, numberTexts, renderText } from "../../table/index.js";
import { CliError } from "../cli-error.js";
import { type Command, type CommandInput, type CommandOption, day, oneOf, text, wholeNumber } from "../command.js";
import { commonOptions } from "../common-options.js";
import { runStageCommand } from "../legacy-command.js";
import {
  horizonOf,
  positive,
  segmentOf,
  segmentOptions,
  share,
  strataNames,
  sureOf,
  sureOptions,
  winsorizeOf,
} from "./experiment-options.js";

const segmentsDay: CommandOption = {
  type: "string",
  value: "<YYYY-MM-DD>",
  about: "Day of the segments (default: the day they were made for)",
};

const figureOptions: Readonly<Record<string, CommandOption>> = {
  customers: { type: "string", value: "<number>", about: "Plan from figures: customers who can be contacted" },
  rate: {
    type: "string",
    value: "<share>",
    about: "Plan from figures: conversion rate without a campaign, such as 0.12",
  },
  mean: { type: "string", value: "<amount>", about: "Plan from figures: mean spend per customer, buyers or not" },
  deviation: { type: "string", value: "<amount>", about: "Plan from figures: standard deviation of spend" },
  correlation: {
    type: "string",
    value: "<number>",
    about: "Plan from figures: correlation with past spend, for CUPED",
  },
  currency: { type: "string", value: "<code>", about: "Plan from figures: currency (default: EUR)" },
};

export const experimentPlan: Command = {
  name: "experiment plan",
  about: "Plan a test of a campaign on a segment: detectable change and required sample size",
  options: {
    ...commonOptions,
    "as-of": segmentsDay,
    ...segmentOptions,
    ...sureOptions,
    ...figureOptions,
  },
  run: async (input) => {
    const { options, effects } = input;
    if (Object.keys(figureOptions).some((name) => options[name] !== undefined)) return planByFigures(input);
    const stage = planExperimentStage({ ...segmentOf(input, "experiment plan"), ...sureOf(options) });
    const [{ value }] = await runStageCommand(input, [stage], { name: "experiment plan" });
    if (options["json"]) return;
    const { planned, facts } = value as PlanStageResult;
    effects.out(`\n${planText(planned.plan, facts)}`);
  },
};

/** A plan without a dataset, which leaves no files and no run. */
function planByFigures({ options, effects }: CommandInput): void {
  const others = [
    ...Object.keys(segmentOptions),
    "dataset",
    "as-of",
    "out",
    "horizon-days",
    "before-days",
    "winsorize",
  ];
  const needless = others.find((name) => options[name] !== undefined);
  if (needless !== undefined) {
    throw new CliError(`Cannot plan from figures with --${needless}: give either`, 2);
  }
  const customers = wholeNumber(options, "customers", { otherwise: 0, min: 2 });
  const rate = share(options, "rate", { otherwise: 0, such: 0.12 });
  if (!customers || !rate) throw new CliError("Cannot plan from figures: expected --customers and --rate", 2);
  const [mean, deviation] = [positive(options, "mean"), positive(options, "deviation")];
  if ((mean === undefined) !== (deviation === undefined)) {
    throw new CliError("Cannot plan from figures: give --mean and --deviation together", 2);
  }
  const correlation = correlationOf(text(options, "correlation"));
  if (correlation !== undefined && mean === undefined) {
    throw new CliError("Cannot plan from figures: --correlation needs --mean and --deviation", 2);
  }
  const spend =
    mean === undefined
      ? undefined
      : {
          mean,
          standardDeviation: deviation as number,
          ...(correlation === undefined ? {} : { correlation }),
        };
  const { testShare, relativeEffect, alpha, power } = sureOf(options);
  const plan = planExperimentByFigures(
    { rate, ...(spend ? { spend } : {}) },
    { customers, testShare, relativeEffect, alpha, power },
  );
  const conventions = { locale: "en-GB", currency: currencyOf(text(options, "currency")) };
  if (options["json"]) {
    const sentences = planSentences(plan, numberTexts(conventions));
    effects.out(`${JSON.stringify({ plan, in_words: sentences })}\n`);
  } else effects.out(planText(plan, conventions));
}

function planText(plan: ExperimentPlan, conventions: Conventions): string {
  const texts = numberTexts(conventions);
  const note = plan.best ? `* ${BEST_MEASURE_NOTE}\n` : "";
  return `${renderText(planTable(plan, texts), conventions)}\n${note}\n${planSentences(plan, texts)}\n`;
}

function correlationOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = /^-?(\d+\.?\d*|\.\d+)$/.test(given) ? Number(given) : Number.NaN;
  if (Math.abs(value) < 1) return value;
  throw new CliError(`Cannot use --correlation ${given}: expected a number between -1 and 1`, 2);
}

function currencyOf(given = "EUR"): string {
  if (/^[A-Z]{3}$/.test(given)) return given;
  throw new CliError(`Cannot use --currency ${given}: expected a code of three capitals, such as EUR`, 2);
}

export const experimentSplit: Command = {
  name: "experiment split",
  about: "Split a segment at random into test and control, and fix how the result will be read",
  options: {
    ...commonOptions,
    "as-of": segmentsDay,
    ...segmentOptions,
    ...sureOptions,
    starts: {
      type: "string",
      value: "<YYYY-MM-DD>",
      about: "First day of the campaign (default: the day after as-of)",
    },
    strata: {
      type: "string",
      value: "<names>",
      about: "Columns to stratify by: spend,orders,recency or none (default: spend)",
    },
    outcome: {
      type: "string",
      value: "conversion|spend",
      about: "Primary metric, fixed at split time (default: conversion)",
    },
    replace: { type: "boolean", about: "Overwrite an existing experiment and its readout" },
    "plain-ids": { type: "boolean", about: "Write customer ids instead of pseudonyms" },
  },
  run: async (input) => {
    const { options, effects } = input;
    const { workspace, key } = readEnvironment(effects.env);
    const startsOn = day(options, "starts");
    const stage = splitExperimentStage({
      ...segmentOf(input, "experiment split"),
      ...sureOf(options),
      ...(startsOn === undefined ? {} : { startsOn }),
      stratifyBy: strataNames(text(options, "strata")),
      outcome: oneOf(options, "outcome", ["conversion", "spend"] as const) ?? "conversion",
      replace: options["replace"] === true,
      plainIds: options["plain-ids"] === true,
      secret: () => contactSecret(workspace.processedDatasets, key),
    });
    const [{ value }] = await runStageCommand(input, [stage], { name: "experiment split" });
    if (options["json"]) return;
    const { design, facts } = value as SplitStageResult;
    const { name } = design;
    const lines = [
      ...splitSentences(design, numberTexts(facts)),
      `When it is over: npx rekindle experiment readout --dataset ${facts.dataset} --name ${name}`,
    ];
    effects.out(`\n${renderText(splitTable(design), facts)}\n\n${lines.join("\n")}\n`);
  },
};

export const experimentReadout: Command = {
  name: "experiment readout",
  about: "Read the effect of a campaign from the dataset's orders or a file of results",
  options: {
    ...commonOptions,
    name: { type: "string", value: "<name>", about: "Name of the experiment (default: the only one)" },
    results: {
      type: "string",
      value: "<csv>",
      about: "CSV with contact_key or customer_id, and spend, converted or both (default: count orders)",
    },
    "spend-column": { type: "string", value: "<name>", about: "Column of the results with amounts (default: spend)" },
    "converted-column": {
      type: "string",
      value: "<name>",
      about: "Column of the results with 1 or 0 (default: converted)",
    },
    missing: {
      type: "string",
      value: "zero|drop",
      about: "Customers without a line in the results: bought nothing, or are excluded",
    },
    "horizon-days": {
      type: "string",
      value: "<days>",
      about: "Days to read (default: those of the split)",
    },
    winsorize: {
      type: "string",
      value: "<share>",
      about: "Quantile at which spend is capped (default: that of the split)",
    },
    "no-cuped": { type: "boolean", about: "Do not adjust for past spend" },
  },
  run: async (input) => {
    const { options, effects } = input;
    const { workspace, key } = readEnvironment(effects.env);
    const results = text(options, "results");
    if (results === undefined) {
      const needless = ["spend-column", "converted-column", "missing"].find((name) => options[name] !== undefined);
      if (needless) throw new CliError(`Cannot use --${needless}: it describes a file of results; give --results`, 2);
    } else if (options["horizon-days"] !== undefined) {
      throw new CliError("Cannot use --horizon-days with --results: the days are those of the file", 2);
    }
    const optional = {
      name: text(options, "name"),
      results: results === undefined ? undefined : resolve(effects.cwd, results),
      spendColumn: text(options, "spend-column"),
      convertedColumn: text(options, "converted-column"),
      missing: oneOf(options, "missing", ["zero", "drop"] as const),
      winsorizeAt: winsorizeOf(options),
    };
    const stage = readExperimentStage({
      ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as {
        [Name in keyof typeof optional]?: NonNullable<(typeof optional)[Name]>;
      }),
      ...horizonOf(options),
      cuped: options["no-cuped"] !== true,
      secret: () => contactSecret(workspace.processedDatasets, key),
    });
    const [{ value }] = await runStageCommand(input, [stage], { name: "experiment readout" });
    const { reading, facts } = value as ReadoutStageResult;
    const texts = numberTexts(facts);
    const warnings = reading.warnings.map((warning) => `warning: ${warningText(warning, texts)}`);
    // They belong to the verdict, so --quiet does not silence them.
    if (options["json"]) {
      for (const warning of warnings) effects.err(`${warning}\n`);
      return;
    }
    effects.out(`\n${renderText(readoutTable(reading, texts), facts)}\n* ${PRIMARY_METRIC_NOTE}\n`);
    effects.out(`\n${[...warnings, ...readoutSentences(reading, texts)].join("\n")}\n`);
  },
};
