export { allocateBudget, type BudgetClaim, type BudgetShare, PRIORITY_WEIGHTS } from "./allocate-budget.js";
export { contactKey } from "./contact-key.js";
export {
  type ConversionOutcome,
  detectableEffect,
  type MeanOutcome,
  type PowerOptions,
  sampleSizePerArm,
} from "./sample-size.js";
export { type Priority, parseStrategies, type SegmentStrategy, standardStrategies } from "./segment-strategies.js";
