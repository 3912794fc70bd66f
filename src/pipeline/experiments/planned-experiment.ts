import type { ExperimentPlan } from "../../strategy/index.js";
import type { Conventions } from "../../table/index.js";
import type { Participants } from "./load-participants.js";

/** What an experiment can show, and where that is known from. */
export interface PlannedExperiment {
  readonly plan: ExperimentPlan;
  readonly segment: string;
  readonly asOf: string;
  readonly horizonDays: number;
  readonly beforeDays: number;
  readonly winsorizeAt: number;
  readonly participants: Participants;
  /** Whose history gave the base rates. */
  readonly base: { readonly asOf: string; readonly customers: number };
  /** How its numbers are written. */
  readonly settings: Partial<Conventions>;
  readonly inWords: string;
}
