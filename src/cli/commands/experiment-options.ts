import { nearest } from "../../errors.js";
import { STRATA, type Stratum } from "../../strategy/index.js";
import { CliError } from "../cli-error.js";
import { type CommandInput, type CommandOption, type OptionValues, oneOf, text, wholeNumber } from "../command.js";

/** Options that say whom an experiment is about. */
export const segmentOptions: Readonly<Record<string, CommandOption>> = {
  segment: { type: "string", value: "<name>", about: 'Segment to test on, such as "At Risk", or everyone' },
  by: {
    type: "string",
    value: "rule|cluster",
    about: "Rule segment or cluster, where both have the name",
  },
  name: {
    type: "string",
    value: "<name>",
    about: "Name of the experiment (default: from the segment, such as at-risk)",
  },
};

/** Options that say how long an experiment runs and how sure it is. */
export const sureOptions: Readonly<Record<string, CommandOption>> = {
  "test-share": {
    type: "string",
    value: "<share>",
    about: "Share of customers in the test group (default: 0.5)",
  },
  "horizon-days": {
    type: "string",
    value: "<days>",
    about: "Days of the experiment (default: the dataset's horizon)",
  },
  "before-days": {
    type: "string",
    value: "<days>",
    about: "Days of past spend to adjust for, CUPED (default: twice the horizon)",
  },
  effect: {
    type: "string",
    value: "<share>",
    about: "Smallest relative change worth the campaign (default: 0.05)",
  },
  alpha: { type: "string", value: "<share>", about: "Significance level (default: 0.05)" },
  power: { type: "string", value: "<share>", about: "Power (default: 0.8)" },
  winsorize: {
    type: "string",
    value: "<share>",
    about: "Quantile at which spend is capped; 1 caps nothing (default: 0.99)",
  },
};

/** What {@link segmentOptions} say. */
export function segmentOf({ options }: CommandInput, command: string) {
  const segment = text(options, "segment");
  if (segment === undefined) {
    throw new CliError(
      `Cannot run "${command}": --segment <name> is needed, such as --segment "At Risk" or --segment everyone`,
      2,
    );
  }
  const basis = oneOf(options, "by", ["rule", "cluster"] as const);
  const name = text(options, "name");
  return { segment, ...(basis ? { basis } : {}), ...(name === undefined ? {} : { name }) };
}

/** What {@link sureOptions} say, the defaults filled in where they are numbers. */
export function sureOf(options: OptionValues) {
  return {
    testShare: share(options, "test-share", { otherwise: 0.5 }),
    // 5 is a slip for 5 %.
    relativeEffect:
      positive(options, "effect", { most: 1, needed: "a share above 0 and up to 1, such as 0.05 for 5%" }) ?? 0.05,
    alpha: share(options, "alpha", { otherwise: 0.05 }),
    power: share(options, "power", { otherwise: 0.8 }),
    winsorizeAt: winsorizeOf(options) ?? 0.99,
    ...horizonOf(options),
    ...(options["before-days"] === undefined
      ? {}
      : { beforeDays: wholeNumber(options, "before-days", { otherwise: 0, min: 1 }) }),
  };
}

/** The horizon, if one is given. */
export function horizonOf(options: OptionValues): { readonly horizonDays?: number } {
  return options["horizon-days"] === undefined
    ? {}
    : { horizonDays: wholeNumber(options, "horizon-days", { otherwise: 0, min: 1 }) };
}

/** The quantile that spend is cut at, if one is given. */
export function winsorizeOf(options: OptionValues): number | undefined {
  return positive(options, "winsorize", { most: 1, needed: "a share above 0 and up to 1, such as 0.99" });
}

/** A share in (0, 1), as an option has it. */
export function share(
  options: OptionValues,
  name: string,
  { otherwise, such = otherwise }: { readonly otherwise: number; readonly such?: number },
): number {
  const value = positive(options, name, { most: 1, needed: `a share between 0 and 1, such as ${such}` });
  if (value === 1) throw new CliError(`Cannot use --${name} ${text(options, name)}: expected a share below 1`, 2);
  return value ?? otherwise;
}

/** A number above 0, if one is given. */
export function positive(
  options: OptionValues,
  name: string,
  { most = Number.POSITIVE_INFINITY, needed = "a number above 0" }: { most?: number; needed?: string } = {},
): number | undefined {
  const given = text(options, name);
  if (given === undefined) return undefined;
  const value = /^(\d+\.?\d*|\.\d+)$/.test(given) ? Number(given) : Number.NaN;
  if (!(0 < value && value <= most)) throw new CliError(`Cannot use --${name} ${given}: expected ${needed}`, 2);
  return value;
}

/** Parses the columns to stratify by. */
export function strataNames(given: string | undefined): readonly Stratum[] {
  if (given === undefined) return ["spend"];
  if (given === "none") return [];
  const names = given.split(",").map((name) => name.trim());
  for (const name of names) {
    if ((STRATA as readonly string[]).includes(name)) continue;
    const near = nearest(name, STRATA);
    throw new CliError(
      `Cannot use --strata ${given}: "${name}" is unknown; ${near ? `did you mean "${near}"?` : `expected ${STRATA.join(", ")}`}`,
      2,
    );
  }
  return [...new Set(names)] as Stratum[];
}
