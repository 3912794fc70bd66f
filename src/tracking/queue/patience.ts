import { setTimeout } from "node:timers/promises";

/** Limit of the time that callers wait in all, whether one after the other or at the same time. */
export interface Patience {
  /** Waits for `work` while time is left; false if the time ended first. Errors of `work` pass through. */
  outlasts(work: Promise<void>): Promise<boolean>;
  /** Gives the whole time again. */
  renew(): void;
}

/** Creates a limit of `timeoutMs` milliseconds. */
export function createPatience(timeoutMs: number): Patience {
  let spentMs = 0;
  let nWaiting = 0;
  let since = 0;
  const leftMs = () => timeoutMs - spentMs - (nWaiting > 0 ? performance.now() - since : 0);

  async function waitFor(work: Promise<void>): Promise<boolean> {
    const isDone = new AbortController();
    const timer = async () => {
      // The time may have been renewed in between.
      for (let left = leftMs(); left > 0; left = leftMs()) await setTimeout(left, undefined, { signal: isDone.signal });
      return false;
    };
    try {
      return await Promise.race([work.then(() => true), timer()]);
    } finally {
      isDone.abort();
    }
  }

  return {
    outlasts: async (work) => {
      if (nWaiting++ === 0) since = performance.now();
      try {
        return await waitFor(work);
      } finally {
        if (--nWaiting === 0) spentMs += performance.now() - since;
      }
    },
    renew: () => {
      spentMs = 0;
      since = performance.now();
    },
  };
}
