/** Effects of an allowance. */
export interface ThreadEffects {
  /** Returns how many threads could start, at most `count`. */
  readonly startable: (count: number) => number;
  /** Waits a moment for others to end. */
  readonly pause: () => void;
  /** Reports one line. */
  readonly warn: (line: string) => void;
}

/**
 * Creates a function that returns how many threads native code may use: as many as wanted, or 1 from the first time that
 * so many could not start, even after a pause. It then says so once. One thread always works: it is the caller's.
 * `running` are the threads that the library in question has, the caller's among them; defaults to 0.
 *
 * @example
 * const lines: string[] = [];
 * const startable = (count: number) => Math.min(count, 3);
 * const allowed = threadAllowance({ startable, pause: () => {}, warn: (line) => lines.push(line) });
 * [allowed(2), allowed(8), allowed(2), lines.length]; // [2, 1, 1, 1]
 */
export function threadAllowance({
  startable,
  pause,
  warn,
}: ThreadEffects): (wanted: number, options?: { running?: number }) => number {
  let isLimited = false;
  return (wanted, { running = 0 } = {}) => {
    if (wanted === 1 || isLimited) return 1;
    // Twice, but for those that a library keeps: threads of a larger team may still be ending when the next ones start.
    const needed = 2 * (wanted - 1) - Math.max(0, running - 1);
    let found = startable(needed);
    if (found < needed) {
      pause();
      found = startable(needed);
    }
    if (found === needed) return wanted;
    isLimited = true;
    warn(
      `Models use 1 thread instead of ${wanted} from now on: only ${found} of ${needed} more threads could start; end other processes or raise the limit (ulimit -u)`,
    );
    return 1;
  };
}
