import { interruptionSignal } from "./interruption.js";

/**
 * Returns a function for long work to call regularly: it throws the reason once the signal is aborted, or once the user
 * interrupts the notebook that the work was started in.
 */
export function abortCheck(signal?: AbortSignal): () => void {
  const interruption = interruptionSignal();
  return () => {
    signal?.throwIfAborted();
    interruption?.throwIfAborted();
  };
}
