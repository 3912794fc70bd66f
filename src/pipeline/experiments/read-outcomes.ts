import { type Arm, type ExperimentReadout, type ReadOptions, readExperiment } from "../../strategy/index.js";

/** What happened to the customers who are read, one entry each. */
export interface OutcomeColumns {
  readonly arms: readonly Arm[];
  readonly converted: ArrayLike<number>;
  /** Absent if only conversion is known. */
  readonly spend?: ArrayLike<number>;
  /** Spend before the experiment; absent if it is not taken into account. */
  readonly before?: ArrayLike<number>;
}

/** What an experiment showed, each outcome in its ways. */
export interface OutcomeReadouts {
  readonly conversion: ExperimentReadout;
  /** Null if only conversion is known. */
  readonly spend: ExperimentReadout | null;
  /** Spend with nothing cut; null if nothing was cut from `spend` either. */
  readonly uncutSpend: ExperimentReadout | null;
}

/**
 * Reads the outcomes of an experiment: conversion, and spend with its largest amounts cut, which is also read as it is, so
 * that nobody needs to wonder what the cut did.
 */
export function readOutcomes(
  { arms, converted, spend, before }: OutcomeColumns,
  options: Omit<ReadOptions, "kind"> & { readonly winsorizeAt: number },
): OutcomeReadouts {
  const conversion = readExperiment({ arms, outcome: converted }, { ...options, kind: "conversion" });
  if (!spend) return { conversion, spend: null, uncutSpend: null };
  const columns = { arms, outcome: spend, ...(before ? { before } : {}) };
  const cut = readExperiment(columns, { ...options, kind: "spend" });
  return {
    conversion,
    spend: cut,
    uncutSpend: cut.cutAt === null ? null : readExperiment(columns, { ...options, kind: "spend", winsorizeAt: 1 }),
  };
}
