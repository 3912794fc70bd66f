/** Progress of a piece of work. */
export interface WorkDone {
  readonly done: number;
  readonly total: number;
  /** Text shown after the bar, for example the best score so far. */
  readonly note?: string | undefined;
  /** True if nothing follows, though less than all may be done. Defaults to whether all is done. */
  readonly isLast?: boolean | undefined;
}

/** Effects that a progress bar uses. */
export interface ProgressEffects {
  /** Shows the line in place of the one before. On a terminal {@link terminalLine} does. */
  readonly draw: (line: string, isLast: boolean) => void;
  /** Milliseconds of a clock, for example `Date.now`. */
  readonly now: () => number;
}

const WIDTH = 24;
/** Shortest time between two redraws; notebooks cannot follow a faster one. */
const PAUSE_MS = 100;

/**
 * Creates a progress bar, which is redrawn at most ten times a second: work done, estimated time left, and the note.
 * Its clock starts now.
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
