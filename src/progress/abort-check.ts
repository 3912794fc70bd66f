const key = Symbol.for("rekindle.interruption");

/**
 * Returns a function for long work to call regularly: it throws the reason once the signal is aborted, or once the user
 * interrupts the notebook that the work was started in.
 */
export function abortCheck(signal?: AbortSignal): () => void {
  // Global, as the kernel shares no module with the package that it runs; outside the kernel there is none.
  const interruption = (globalThis as { [key]?: AbortSignal })[key];
  return () => {
    signal?.throwIfAborted();
    interruption?.throwIfAborted();
  };
}
