import { requireKnownOptions } from "../../../errors.js";
import type { ArmOfCustomer } from "../split-experiment.js";
import type { ParsedResults } from "./parse-results.js";

/** Measured outcomes of an experiment, one entry per customer. */
export interface MeasuredOutcomes {
  readonly rows: readonly ArmOfCustomer[];
  /** 1 for buyers, else 0. */
  readonly converted: Float64Array;
  /** Absent if only conversion is known. */
  readonly spend?: Float64Array;
  /** Customers without a line in the results. */
  readonly missing: number;
}

/** Outcomes of customers whose orders were summed. */
export function outcomesFromSpend(rows: readonly ArmOfCustomer[], spend: Float64Array): MeasuredOutcomes {
  return { rows, spend, converted: spend.map((amount) => Number(amount > 0)), missing: 0 };
}

/**
 * Outcomes of customers from a file of results.
 *
 * @param options.missing "zero" counts customers without a line as not buying, "drop" leaves them out.
 * @throws {RangeError} If customers have no line and `missing` is undefined: the two give different answers.
 */
export function outcomesFromResults(
  rows: readonly ArmOfCustomer[],
  { byId, hasSpend }: ParsedResults,
  options: { readonly missing: "zero" | "drop" | undefined; readonly experiment: string; readonly what: string },
): MeasuredOutcomes {
  requireKnownOptions("read the results of an experiment", options, { missing: true, experiment: true, what: true });
  const { missing, experiment, what } = options;
  const without = rows.filter(({ id }) => !byId.has(id)).length;
  if (without && missing === undefined) {
    throw new RangeError(
      `Cannot read "${experiment}": ${without} of its ${rows.length} customers have no line in ${what}; use --missing zero if they bought nothing, --missing drop if it is unknown`,
    );
  }
  const read = missing === "drop" ? rows.filter(({ id }) => byId.has(id)) : rows;
  const resultOf = (id: string) => byId.get(id) ?? { spend: 0, converted: false };
  return {
    rows: read,
    converted: Float64Array.from(read, ({ id }) => Number(resultOf(id).converted)),
    ...(hasSpend ? { spend: Float64Array.from(read, ({ id }) => resultOf(id).spend as number) } : {}),
    missing: without,
  };
}
