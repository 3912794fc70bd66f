import { requireKnownOptions } from "../errors.js";
/**
 * Returns a function that calls `say` at most once every `seconds`, to keep the log of a long step short. Calls within
 * the first `seconds` are dropped.
 */
export function throttle<T>(say: (what: T) => void, options: { now: () => Date; seconds?: number }): (what: T) => void {
  requireKnownOptions("throttle", options, { now: true, seconds: true });
  const { now, seconds = 5 } = options;
  let last = now().getTime();
  return (what) => {
    if (now().getTime() - last < seconds * 1000) return;
    last = now().getTime();
    say(what);
  };
}
