import type { AnyStage } from "../stage.js";
import { cleanStage } from "./clean.js";
import { featuresStage } from "./features.js";
import { reportStage } from "./report.js";
import { segmentStage } from "./segment.js";

/** All stages of `rekindle run`, in the order in which they build on each other. */
export const stages: readonly AnyStage[] = [cleanStage, featuresStage, segmentStage, reportStage];

export { cleanStage, featuresStage, reportStage, segmentStage };
