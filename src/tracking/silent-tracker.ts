import type { Run, Tracker } from "./tracker.js";

/** Creates a tracker that keeps and sends nothing, for `--no-tracking`. */
export function createSilentTracker(): Tracker {
  const nothing = async () => {};
  const run: Run = {
    key: "",
    id: undefined,
    experimentId: undefined,
    url: undefined,
    logParams: nothing,
    logMetrics: nothing,
    logSeries: nothing,
    setTags: nothing,
    logDataset: nothing,
    logModel: async () => ({ modelId: undefined, version: undefined }),
    logModels: nothing,
    logArtifact: nothing,
    logArtifacts: nothing,
    logText: nothing,
    child: async () => run,
    flush: nothing,
    end: nothing,
  };
  return { startRun: async () => run, waiting: () => undefined };
}
