import { requireKnownOptions } from "../../errors.js";
import { createRandom, requireRows, shuffled } from "../../numeric/index.js";
import { maskedValue } from "../../text/index.js";
import { largestRemainder } from "../budget/largest-remainder.js";
import { armSizes } from "./arm-sizes.js";
import { EXPERIMENT_DEFAULTS } from "./experiment-defaults.js";

/** The group that a customer is in. */
export type Arm = "test" | "control";

/** Metric that an experiment is decided by. */
export type Metric = "conversion" | "spend";

/** One customer of an experiment. */
export interface ArmOfCustomer {
  /** A contact key, or the customer's id. */
  readonly id: string;
  readonly arm: Arm;
  readonly stratum: string;
}

/** Options for dividing customers. */
export interface SplitOptions {
  /** Seeds the draw. */
  readonly seed: number;
  /** Name of the experiment: those of other names are drawn apart, so that nobody is always in the same group. */
  readonly name?: string;
  /** Share of the customers in the test group, in (0, 1); defaults to 0.5. */
  readonly testShare?: number;
  /** What both groups should have alike, such as the segment or a class of value, shape (n,); by default nothing. */
  readonly strata?: ArrayLike<string>;
}

/** Assignment of customers to the campaign or to the control group. */
export interface ExperimentSplit {
  /** Shape (n,). */
  readonly arms: readonly Arm[];
  readonly test: number;
  readonly control: number;
  /** Customers by stratum and arm, strata by name. */
  readonly strata: readonly { readonly stratum: string; readonly test: number; readonly control: number }[];
}

/**
 * Divides customers at random into test and control. Each stratum is divided in the same
 * proportion, to one customer. The same seed gives a customer the same arm in whatever order the customers come.
 *
 * @param customerId Shape (n,), all different.
 * @throws {RangeError} If there are fewer than two customers, two have one id, or `testShare` leaves an arm empty.
 *
 * @example
 * splitExperiment(["a", "b", "c", "d"], { seed: 42 }).test; // 2
 */
export function splitExperiment(customerId: ArrayLike<string>, options: SplitOptions): ExperimentSplit {
  requireKnownOptions("split an experiment", options, { seed: true, name: true, testShare: true, strata: true });
  const { seed, name, testShare = EXPERIMENT_DEFAULTS.testShare, strata } = options;
  requireRows("splitExperiment", strata ? { customerId, strata } : { customerId });
  const byStratum = new Map<string, number[]>();
  const rowOf = new Map<string, number>();
  for (let i = 0; i < customerId.length; ++i) {
    if (rowOf.has(customerId[i])) throw refuse(`two customers have the id "${maskedValue(customerId[i])}"`);
    rowOf.set(customerId[i], i);
    const stratum = strata ? strata[i] : "all";
    const rows = byStratum.get(stratum);
    if (rows) rows.push(i);
    else byStratum.set(stratum, [i]);
  }
  const sizesOfArms = armSizes(customerId.length, testShare, "split");
  const names = [...byStratum.keys()].sort();
  const sizes = names.map((name) => (byStratum.get(name) as number[]).length);
  const tests = largestRemainder(sizesOfArms.test, sizes);
  const random = name === undefined ? createRandom(seed) : createRandom(seed).fork(name);
  const arms = new Array<Arm>(customerId.length).fill("control");
  names.forEach((stratum, s) => {
    const rows = byStratum.get(stratum) as number[];
    rows.sort((i, j) => (customerId[i] < customerId[j] ? -1 : 1));
    for (const row of shuffled(random.fork(stratum), rows).slice(0, tests[s])) arms[row] = "test";
  });
  return {
    arms,
    ...sizesOfArms,
    strata: names.map((stratum, s) => ({ stratum, test: tests[s], control: sizes[s] - tests[s] })),
  };
}

function refuse(what: string): RangeError {
  return new RangeError(`Cannot split an experiment: ${what}`);
}
