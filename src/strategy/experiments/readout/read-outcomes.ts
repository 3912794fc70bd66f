import { type ExperimentReadout, type ReadOptions, readExperiment } from "../read-experiment.js";
import type { Arm } from "../split-experiment.js";

/** Outcomes of an experiment as columns, one entry per customer. */
export interface OutcomeColumns {
  readonly arms: readonly Arm[];
  readonly converted: ArrayLike<number>;
  /** Absent if only conversion is known. */
  readonly spend?: ArrayLike<number>;
  /** Spend before the experiment; absent if it is not adjusted for. */
  readonly before?: ArrayLike<number>;
}

/** Readouts of the metrics of an experiment. */
export interface OutcomeReadouts {
  readonly conversion: ExperimentReadout;
  /** Spend as it is; null if only conversion is known. */
  readonly spend: ExperimentReadout | null;
  /** Spend up to the cap; null if nothing is capped. */
  readonly cappedSpend: ExperimentReadout | null;
}

/** Reads conversion, spend, and spend up to a cap, of which a few large orders decide nothing. */
export function readOutcomes(
  { arms, converted, spend, before }: OutcomeColumns,
  { winsorizeAt, ...options }: Omit<ReadOptions, "kind"> & { readonly winsorizeAt: number },
): OutcomeReadouts {
  const conversion = readExperiment({ arms, outcome: converted }, { ...options, kind: "conversion" });
  if (!spend) return { conversion, spend: null, cappedSpend: null };
  const columns = { arms, outcome: spend, ...(before ? { before } : {}) };
  const capped = readExperiment(columns, { ...options, kind: "spend", winsorizeAt });
  return {
    conversion,
    spend: readExperiment(columns, { ...options, kind: "spend" }),
    cappedSpend: capped.cutAt === null ? null : capped,
  };
}
