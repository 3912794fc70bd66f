/**
 * Returns a function that calls `say` at most once every `seconds`, to keep the log of a long step short. Calls within
 * the first `seconds` are dropped.
 */
export function throttle<T>(
  say: (what: T) => void,
  { now, seconds = 5 }: { now: () => Date; seconds?: number },
): (what: T) => void {
  let last = now().getTime();
  return (what) => {
    if (now().getTime() - last < seconds * 1000) return;
    last = now().getTime();
    say(what);
  };
}
