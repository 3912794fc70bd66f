import { isOn } from "./is-on.mjs";

/**
 * Progress display: a live line per running step on a terminal, else one line at the start and one at the end of each step.
 *
 * @typedef {object} Progress
 * @property {<T>(label: string, body: (say: (note: string) => void) => Promise<T>, options?: { writes?: boolean }) => Promise<T>} step
 *   Runs `body` as a step. Its last note is shown next to the duration. A step that `writes` to the
 *   terminal has no live line, which would overwrite its output.
 * @property {(text: string) => void} print Prints text above the live lines.
 * @property {() => string} summary Seconds per step and in total.
 */

/**
 * @param {object} [options]
 * @param {NodeJS.WriteStream} [options.stream] Defaults to standard output.
 * @param {boolean} [options.live] Defaults to true if the stream is a terminal and CI is not set.
 * @param {() => number} [options.now] Clock in milliseconds; defaults to that of the process.
 * @returns {Progress}
 */
export function createProgress({
  stream = process.stdout,
  live = Boolean(stream.isTTY) && !isOn("CI"),
  now = () => performance.now(),
} = {}) {
  /** @type {{ label: string, note: string, begun: number, writes: boolean, seconds?: number, failed?: boolean }[]} */
  const steps = [];
  const begun = now();
  let drawn = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  const erasure = () => (drawn ? `\x1b[${drawn}A\x1b[J` : "");
  const draw = (above = "") => {
    const running = steps.filter(({ seconds, writes }) => seconds === undefined && !writes);
    const width = (stream.columns || 80) - 1;
    const lines = running.map(({ label, note, begun }) =>
      line("…", label, (now() - begun) / 1000, note).slice(0, width),
    );
    if (drawn || above || lines.length) stream.write(erasure() + above + lines.map((text) => `${text}\n`).join(""));
    drawn = lines.length;
  };
  /** @param {string} text */
  const print = (text) => {
    if (live) draw(`${text}\n`);
    else stream.write(`${text}\n`);
  };

  return {
    print,
    async step(label, body, { writes = false } = {}) {
      /** @type {typeof steps[number]} */
      const step = { label, note: "", begun: now(), writes };
      steps.push(step);
      if (live && !writes) timer ??= setInterval(() => draw(), 200).unref();
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
      return [...lines, line(" ", "total", (now() - begun) / 1000, "steps run in parallel")].join("\n");
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
