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
  /** Null if only conversion is known. */
  readonly spend: ExperimentReadout | null;
  /** Spend without a cap; null if `spend` is not capped either. */
  readonly uncutSpend: ExperimentReadout | null;
}

/** Reads conversion, and spend with and without its cap, so that the effect of the cap is visible. */
export function readOutcomes(
  { arms, converted, spend, before }: OutcomeColumns,
  options: Omit<ReadOptions, "kind"> & { readonly winsorizeAt: number },
): OutcomeReadouts {
  const conversion = readExperiment({ arms, outcome: converted }, { ...options, kind: "conversion" });
  if (!spend) return { conversion, spend: null, uncutSpend: null };
  const columns = { arms, outcome: spend, ...(before ? { before } : {}) };
  const capped = readExperiment(columns, { ...options, kind: "spend" });
  return {
    conversion,
    spend: capped,
    uncutSpend: capped.cutAt === null ? null : readExperiment(columns, { ...options, kind: "spend", winsorizeAt: 1 }),
  };
}
