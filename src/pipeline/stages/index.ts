import type { AnyStage } from "../stage.js";
import { cleanStage } from "./clean.js";
import { experimentPlanStage } from "./experiment-plan.js";
import { experimentReadoutStage } from "./experiment-readout.js";
import { experimentSplitStage } from "./experiment-split.js";
import { featuresStage } from "./features.js";
import { reportStage } from "./report.js";
import { segmentStage } from "./segment.js";

/** All stages of `rekindle run`, in the order in which they build on each other. */
export const stages: readonly AnyStage[] = [cleanStage, featuresStage, segmentStage, reportStage];

export {
  cleanStage,
  experimentPlanStage,
  experimentReadoutStage,
  experimentSplitStage,
  featuresStage,
  reportStage,
  segmentStage,
};
