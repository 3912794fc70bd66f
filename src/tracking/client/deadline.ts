/** End of a request, which moves while a file arrives. */
export interface Deadline {
  /** Aborted at the end, or with the reason of the outer signal. */
  readonly signal: AbortSignal;
  /** Moves the end to so many milliseconds after the first one. */
  readonly extend: (milliseconds: number) => void;
  /** Must be called once the work has ended. */
  readonly stop: () => void;
}

/**
 * Creates a deadline in `timeoutMs` milliseconds, which `outer` ends early. Its controller is kept by its timer: signals of
 * `AbortSignal.any` and `AbortSignal.timeout` can be collected as garbage before they abort.
 */
export function createDeadline(timeoutMs: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = performance.now() + timeoutMs;
  const arm = (extra: number) => setTimeout(() => controller.abort(), Math.max(1, end + extra - performance.now()));
  let timer = arm(0);
  const abort = () => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  else outer?.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    extend: (milliseconds) => {
      clearTimeout(timer);
      timer = arm(milliseconds);
    },
    stop: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", abort);
    },
  };
}

/** Returns a signal that aborts with the first of two. */
export function joinedSignal(one: AbortSignal, other: AbortSignal): AbortSignal {
  const controller = new AbortController();
  for (const signal of [one, other]) {
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  }
  return controller.signal;
}
