import type { Conventions } from "../../table/index.js";
import type { OutcomeReadouts } from "./read-outcomes.js";
import type { Days } from "./spend-between.js";
import type { SplitManifest } from "./split-files.js";

/** What an experiment showed, and how that is known. */
export interface ExperimentReading extends OutcomeReadouts {
  readonly manifest: SplitManifest;
  /** The days whose orders counted; null if a file of results was read. */
  readonly days: Days | null;
  /** Name of the file of results; null if orders were counted. */
  readonly results: string | null;
  readonly winsorizeAt: number;
  readonly cuped: boolean;
  /** Customers of the split who were not read: without a line in the results, or no longer in the dataset. */
  readonly missing: number;
  readonly gone: number;
  /** Customers in the results who are not in the split. */
  readonly unknown: number;
  /** How its numbers are written. */
  readonly settings: Partial<Conventions>;
  /** The verdicts in words, the one that decides first. */
  readonly inWords: readonly string[];
  /** What to know before believing them, one line each. */
  readonly warnings: readonly string[];
  /** What was done otherwise than planned, and other facts, one line each. */
  readonly remarks: readonly string[];
}
