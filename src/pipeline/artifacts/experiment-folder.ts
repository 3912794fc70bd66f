import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { nearest } from "../../errors.js";

/** Steps of an experiment, each with its own folder. */
export type ExperimentStep = "plan" | "split" | "readout";

/** Returns the folder of one step of an experiment. */
export function experimentFolder(out: string, name: string, step: ExperimentStep): string {
  return join(out, "experiments", name, step);
}

/**
 * Returns an experiment name that can be a folder.
 *
 * @throws {RangeError} If it cannot.
 */
export function checkedExperimentName(name: string): string {
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(name)) {
    throw new RangeError(
      `Cannot name an experiment "${name}": expected lower-case letters, digits, - and _, such as at-risk-spring`,
    );
  }
  return name;
}

/** Lists the names of split experiments, in order. */
export async function splitNames(out: string): Promise<string[]> {
  const folder = join(out, "experiments");
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names.filter((name) => existsSync(join(experimentFolder(out, name, "split"), "split.json"))).sort();
}

/**
 * Returns the named experiment, else the only one.
 *
 * @throws {RangeError} If there is none of that name, or several and none is named.
 */
export async function chooseExperiment(
  out: string,
  asked: string | undefined,
  { dataset }: { readonly dataset: string },
): Promise<string> {
  const names = await splitNames(out);
  const there = names.map((name) => `"${name}"`).join(", ");
  if (!names.length) {
    throw new RangeError(
      `Cannot read an experiment: "${dataset}" has none; run npx rekindle experiment split --dataset ${dataset} --segment <name>`,
    );
  }
  if (asked === undefined) {
    if (names.length === 1) return names[0];
    throw new RangeError(`Cannot choose an experiment: there are ${there}; use --name`);
  }
  if (names.includes(asked)) return asked;
  const near = nearest(asked, names);
  throw new RangeError(
    `Cannot find the experiment "${asked}": no experiment has that name; ${near === undefined ? "" : `did you mean "${near}"? `}experiments: ${there}`,
  );
}
