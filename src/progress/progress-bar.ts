/** How far a piece of work is. */
export interface WorkDone {
  readonly done: number;
  readonly total: number;
  /** Said beside the bar, for example the best score so far. */
  readonly note?: string | undefined;
  /** True if nothing follows, though less than all may be done. Defaults to whether all is done. */
  readonly isLast?: boolean | undefined;
}

/** What a progress bar needs of the world around it. */
export interface ProgressEffects {
  /** Shows the line in place of the one before. On a terminal {@link terminalLine} does. */
  readonly draw: (line: string, isLast: boolean) => void;
  /** Milliseconds of a clock, for example `Date.now`. */
  readonly now: () => number;
}

const WIDTH = 24;
/** Between two lines: a notebook keeps up with no more. */
const PAUSE_MS = 100;

/**
 * A bar that is told how far the work is, and draws it at most ten times a second: how much is done, the time that is
 * left at the pace so far, and the note. Its clock starts when it is made.
 */
export function progressBar(name: string, { draw, now }: ProgressEffects): (work: WorkDone) => void {
  const start = now();
  let drawn = Number.NEGATIVE_INFINITY;
  return ({ done, total, note, isLast = done >= total }) => {
    const time = now();
    if (!isLast && time - drawn < PAUSE_MS) return;
    drawn = time;
    const filled = Math.floor((WIDTH * done) / total);
    const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    const seconds = (time - start) / 1000;
    const when = isLast ? `in ${secondsOf(seconds)}` : `${secondsOf((seconds / done) * (total - done))} left`;
    draw([`${name} ${bar} ${done}/${total}`, when, ...(note ? [note] : [])].join(", "), isLast);
  };
}

function secondsOf(seconds: number): string {
  return seconds < 90 ? `${seconds.toFixed(seconds < 10 ? 1 : 0)} s` : `${Math.round(seconds / 60)} min`;
}
