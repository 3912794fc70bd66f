/**
 * Makes a teller that calls `say` at most every `seconds`, so that a log of a long step stays short. The first call
 * comes when so much time has gone by.
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
