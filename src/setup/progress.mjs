/**
 * Shows what is going on: on a terminal a live line per running step, elsewhere one plain line at the start and at the
 * end of each.
 *
 * @typedef {object} Progress
 * @property {<T>(label: string, body: (say: (note: string) => void) => Promise<T>) => Promise<T>} step
 *   Runs `body` as a step. The last note it says stands beside the step's seconds.
 * @property {(text: string) => void} print Prints lines above the live ones.
 * @property {() => string} summary Seconds per step, and the whole.
 */

/**
 * @param {object} [options]
 * @param {NodeJS.WriteStream} [options.stream] Defaults to standard output.
 * @param {boolean} [options.live] Defaults to whether the stream is a terminal and CI is not set.
 * @param {() => number} [options.now] Milliseconds; defaults to the process's clock.
 * @returns {Progress}
 */
export function createProgress({
  stream = process.stdout,
  live = Boolean(stream.isTTY) && !process.env["CI"],
  now = () => performance.now(),
} = {}) {
  /** @type {{ label: string, note: string, begun: number, seconds?: number, failed?: boolean }[]} */
  const steps = [];
  const begun = now();
  let drawn = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  const erase = () => {
    if (drawn) stream.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    for (const { label, note, begun } of steps.filter(({ seconds }) => seconds === undefined)) {
      stream.write(`${line("…", label, (now() - begun) / 1000, note).slice(0, (stream.columns ?? 80) - 1)}\n`);
      drawn += 1;
    }
  };
  /** @param {string} text */
  const print = (text) => {
    if (live) erase();
    stream.write(`${text}\n`);
    if (live) draw();
  };

  return {
    print,
    async step(label, body) {
      /** @type {typeof steps[number]} */
      const step = { label, note: "", begun: now() };
      steps.push(step);
      if (live) timer ??= setInterval(draw, 200).unref();
      else print(`… ${label}`);
      try {
        return await body((note) => {
          step.note = note;
        });
      } catch (error) {
        step.failed = true;
        throw error;
      } finally {
        step.seconds = (now() - step.begun) / 1000;
        print(line(step.failed ? "✗" : "✓", label, step.seconds, step.note));
        if (steps.every(({ seconds }) => seconds !== undefined)) {
          clearInterval(timer);
          timer = undefined;
        }
      }
    },
    summary() {
      const lines = steps.map(({ label, note, seconds = 0 }) => line(" ", label, seconds, note));
      return [...lines, line(" ", "in all", (now() - begun) / 1000, "steps run side by side where they can")].join(
        "\n",
      );
    },
  };
}

/**
 * @param {string} mark
 * @param {string} label
 * @param {number} seconds
 * @param {string} note
 */
function line(mark, label, seconds, note) {
  return `${mark} ${label.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s${note && `  ${note}`}`;
}
