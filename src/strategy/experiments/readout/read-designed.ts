import { type OutcomeColumns, type OutcomeReadouts, readOutcomes } from "./read-outcomes.js";
import {
  type ReadoutFacts,
  type ReadoutRemark,
  type ReadoutWarning,
  readoutRemarks,
  readoutWarnings,
} from "./readout-notes.js";

/** Result of an experiment, and how it was read. */
export interface ExperimentReading extends OutcomeReadouts, ReadoutFacts {
  readonly warnings: readonly ReadoutWarning[];
  readonly remarks: readonly ReadoutRemark[];
}

/** Reads an experiment as it was designed, and lists what to know about the result. */
export function readDesigned(columns: OutcomeColumns, facts: ReadoutFacts): ExperimentReading {
  const { test, control, relativeEffect, alpha, power } = facts.design;
  const readouts = readOutcomes(columns, {
    testShare: test / (test + control),
    winsorizeAt: facts.winsorizeAt,
    relativeEffect,
    alpha,
    power,
  });
  return {
    ...readouts,
    ...facts,
    warnings: readoutWarnings(readouts, facts),
    remarks: readoutRemarks(readouts, facts),
  };
}
