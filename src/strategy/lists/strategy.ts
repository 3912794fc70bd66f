import type { SegmentName } from "../../text/index.js";

/** Priorities, most urgent first. */
export const PRIORITIES = ["Critical", "High", "Medium", "Low"] as const;

/** One of {@link PRIORITIES}. */
export type Priority = (typeof PRIORITIES)[number];

/** Recommended actions for the customers of one segment. */
export interface Strategy {
  readonly priority: Priority;
  readonly goal: string;
  readonly actions: readonly string[];
  readonly campaign: string;
  /** How much of the money, and what for, in words; `allocateBudget` makes amounts of the priorities. */
  readonly budget: string;
  /** Metric of success. */
  readonly kpi: string;
  /** What speaks for doing this and not something else. */
  readonly why: string;
}

/** A strategy for every segment. */
export type Strategies = Readonly<Record<SegmentName, Strategy>>;
