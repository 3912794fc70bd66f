import { requireKnownOptions } from "../errors.js";
import { isInterruption } from "../progress/index.js";
import { type EndStatus, type Run, type RunOptions, runOptions, type Tracker } from "./tracker.js";

/**
 * Runs `body` inside a tracked run, which ends FINISHED, FAILED if `body` throws, or KILLED if it was interrupted. Errors
 * pass through.
 *
 * @example
 * const rows = await withRun(tracker, "rekindle/demo", "features", async (run) => {
 *   await run.logParams({ as_of: "2011-12-09" });
 *   await run.logMetrics({ customers: 4338 });
 *   return 4338;
 * });
 */
export async function withRun<T>(
  tracker: Tracker,
  experiment: string,
  runName: string,
  body: (run: Run) => Promise<T>,
  options: RunOptions = {},
): Promise<T> {
  requireKnownOptions("start a run", options, runOptions);
  return bracket(await tracker.startRun(experiment, runName, options), body);
}

/** Calls {@link withRun} for a run nested in `parent`. */
export async function withChildRun<T>(
  parent: Run,
  runName: string,
  body: (run: Run) => Promise<T>,
  options: RunOptions = {},
): Promise<T> {
  requireKnownOptions("start a run", options, runOptions);
  return bracket(await parent.child(runName, options), body);
}

async function bracket<T>(run: Run, body: (run: Run) => Promise<T>): Promise<T> {
  let status: EndStatus = "FAILED";
  try {
    const result = await body(run);
    status = "FINISHED";
    return result;
  } catch (error) {
    if (isInterruption(error)) status = "KILLED";
    throw error;
  } finally {
    await run.end(status);
  }
}
