export { abortCheck } from "./abort-check.js";
export { interruptionSignal, isInterruption } from "./interruption.js";
export { type ProgressEffects, progressBar, type WorkDone } from "./progress-bar.js";
export { type SearchEffects, searchProgress } from "./search-progress.js";
export { terminalLine } from "./terminal-line.js";
export { throttle } from "./throttle.js";
