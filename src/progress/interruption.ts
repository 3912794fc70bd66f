const key = Symbol.for("rekindle.interruption");

/** Returns the signal that aborts when the user interrupts the notebook cell that runs now; undefined outside the kernel. */
export function interruptionSignal(): AbortSignal | undefined {
  // Global, as the kernel shares no module with the package that it runs.
  return (globalThis as { [key]?: AbortSignal })[key];
}

/** Returns true for the error of work that was stopped, by an interrupt or a signal. */
export function isInterruption(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
