import { progressBar, type WorkDone } from "./progress-bar.js";

/** Effects that {@link searchProgress} uses. */
export interface SearchEffects {
  /** Writes one line. */
  readonly say: (line: string) => void;
  /** Shows a line in place of the one before; absent where that cannot be done. */
  readonly draw?: ((line: string, isLast: boolean) => void) | undefined;
  readonly now: () => Date;
}

/**
 * Reports the progress of a search that tries one candidate after another: a bar where a line can be redrawn, else a line
 * for each candidate with its seconds. Its clock starts now.
 *
 * @example
 * const lines: string[] = [];
 * const report = searchProgress("Depths", { say: (line) => lines.push(line), now: () => new Date(0) });
 * report({ done: 1, total: 2, note: "depth 3" });
 * lines; // ["depth 3, tried in 0.0 s"]
 */
export function searchProgress(
  name: string,
  { say, draw, now }: SearchEffects,
): (work: WorkDone & { readonly note: string }) => void {
  if (draw) return progressBar(name, { draw, now: () => now().getTime() });
  let last = now().getTime();
  return ({ note }) => {
    const time = now().getTime();
    say(`${note}, tried in ${((time - last) / 1000).toFixed(1)} s`);
    last = time;
  };
}
