import type { Card } from "../../table/index.js";
import type { TrainingFacts } from "./boosted-model.js";
import { type BoostingOptions, DEFAULT_THREADS } from "./boosting-options.js";
import { fraction, integerFrom, requireOption } from "./parameter-rules.js";
import { requireKnown } from "./training-data.js";

/** The options that every boosted model has, checked and with their defaults. */
export interface CheckedBoostingOptions {
  readonly seed: number;
  readonly nRounds: number;
  readonly learningRate: number;
  readonly subsample: number;
  readonly columnSample: number;
  readonly threads: number;
}

/** Checks the options of every boosted model and adds their defaults. @throws {RangeError} If an option is out of range, or the seed is missing. */
export function checkBoostingOptions(action: string, options: BoostingOptions): CheckedBoostingOptions {
  const {
    seed,
    nRounds = 200,
    learningRate = 0.1,
    subsample = 1,
    columnSample = 1,
    threads = DEFAULT_THREADS,
  } = options;
  const { earlyStoppingRounds, validation } = options;
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)) {
    const is = seed === undefined ? "seed is missing" : `seed is ${seed}`;
    throw new RangeError(`Cannot ${action}: ${is}; expected an integer from 0 to 2147483647`);
  }
  requireOption(action, "nRounds", nRounds, integerFrom(1));
  requireOption(action, "learningRate", learningRate, fraction());
  requireOption(action, "subsample", subsample, fraction());
  requireOption(action, "columnSample", columnSample, fraction());
  requireOption(action, "threads", threads, integerFrom(1));
  if (earlyStoppingRounds !== undefined) {
    requireOption(action, "earlyStoppingRounds", earlyStoppingRounds, integerFrom(1));
    if (!validation) {
      throw new RangeError(
        `Cannot ${action}: earlyStoppingRounds is ${earlyStoppingRounds} without a validation set; pass the validation option`,
      );
    }
  }
  return { seed, nRounds, learningRate, subsample, columnSample, threads };
}

/** Returns the rows and settings of a fit, as the card of its model shows them. */
export function trainingFacts(
  rows: number,
  { learningRate, seed }: CheckedBoostingOptions,
  settings: Card["facts"],
): TrainingFacts {
  return { rows, "learning rate": learningRate, ...settings, seed };
}

/** Returns the direction of every column, or none where no column has one. */
export function monotoneDirections(
  action: string,
  monotone: Readonly<Record<string, number>> = {},
  featureNames: readonly string[],
): number[] {
  const names = Object.keys(monotone);
  requireKnown(action, "monotone", names, featureNames);
  const bad = names.find((name) => ![-1, 0, 1].includes(monotone[name]));
  if (bad) throw new RangeError(`Cannot ${action}: monotone.${bad} is ${monotone[bad]}; expected -1, 0 or 1`);
  return names.length ? featureNames.map((name) => monotone[name] ?? 0) : [];
}
