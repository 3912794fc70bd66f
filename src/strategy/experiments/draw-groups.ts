import { requireKnownOptions } from "../../errors.js";
import { type Arm, type ExperimentSplit, splitExperiment } from "./split-experiment.js";
import { type Stratum, strataOf } from "./strata.js";

/** Customers who can be contacted, one entry each. */
export interface GroupColumns {
  readonly ids: readonly string[];
  /** Days since the last order. */
  readonly recencyDays: ArrayLike<number>;
  /** Orders. */
  readonly frequency: ArrayLike<number>;
  /** Sum of orders, in the dataset's currency. */
  readonly monetary: ArrayLike<number>;
}

/** Options for drawing groups from a segment. */
export interface DrawOptions {
  readonly segment: string;
  /** Name of the experiment. */
  readonly name: string;
  readonly seed: number;
  readonly testShare: number;
  readonly stratifyBy: readonly Stratum[];
}

/** Two groups of at least two customers each. */
export interface DrawnGroups extends ExperimentSplit {
  /** By customer, in the order of the ids. */
  readonly customers: readonly { readonly id: string; readonly arm: Arm; readonly stratum: string }[];
}

/**
 * Draws a test and a control group that are alike in spend, orders or recency.
 *
 * @throws {RangeError} If there are fewer than four customers, or a group would have fewer than two.
 */
export function drawGroups({ ids, recencyDays, frequency, monetary }: GroupColumns, options: DrawOptions): DrawnGroups {
  requireKnownOptions("draw groups", options, {
    segment: true,
    name: true,
    seed: true,
    testShare: true,
    stratifyBy: true,
  });
  const { segment, name, seed, testShare, stratifyBy } = options;
  if (ids.length < 4) {
    throw new RangeError(
      `Cannot split "${segment}": ${ids.length} customers can be contacted; expected at least 4, for two groups of 2`,
    );
  }
  const columns = { spend: monetary, orders: frequency, recency: recencyDays };
  const strata = strataOf(Object.fromEntries(stratifyBy.map((by) => [by, columns[by]])));
  const drawn = splitExperiment(ids, { seed, name, testShare, ...(strata.length ? { strata } : {}) });
  if (Math.min(drawn.test, drawn.control) < 2) {
    throw new RangeError(
      `Cannot split "${segment}": a share of ${testShare} of ${ids.length} customers gives groups of ${drawn.test} and ${drawn.control}; expected at least 2 in each`,
    );
  }
  return {
    ...drawn,
    customers: ids.map((id, i) => ({ id, arm: drawn.arms[i], stratum: strata[i] ?? "all" })),
  };
}
