import { descendants, endAll, watchNpm } from "./family.mjs";
import { isOn } from "./is-on.mjs";

/**
 * Runs the body of a command: prints a failure as one message and converts termination signals, and the end of
 * npm, to an abort, so that the body can clean up. What it leaves behind then is ended.
 *
 * @param {(signal: AbortSignal) => Promise<number>} body Returns the exit code.
 */
export function main(body) {
  const controller = new AbortController();
  /** @type {Partial<Record<NodeJS.Signals, number>>} */
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  /** @type {number[]} */
  let started = [];
  /** @param {string} reason @param {number} code */
  const interrupt = (reason, code) => {
    if (controller.signal.aborted) return;
    // Before they end, and leave children that nobody knows.
    started = descendants();
    // The terminal may be gone.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
    controller.abort(new Interruption(reason, code));
  };
  for (const [name, code] of Object.entries(codes)) process.on(name, () => interrupt(name, code));
  watchNpm(() => interrupt("the end of npm", 143));
  const cleaned = async () => {
    if (controller.signal.aborted) await endAll([...started, ...descendants()]);
  };
  body(controller.signal).then(
    async (code) => {
      await cleaned();
      process.exit(code);
    },
    async (error) => {
      await cleaned();
      // Interrupted work fails with various errors; report the interruption instead.
      const shown = controller.signal.aborted ? controller.signal.reason : error;
      const text = isOn("DEBUG") ? shown?.stack : shown?.message;
      process.stderr.write(`${text ?? shown}\n`);
      process.exit(shown instanceof Interruption ? shown.exitCode : 1);
    },
  );
}

/** Abort reason of a termination signal. */
export class Interruption extends Error {
  /** @override */
  name = "Interruption";
  /**
   * @param {string} signal
   * @param {number} exitCode As in shells: 128 plus the number of the signal.
   */
  constructor(signal, exitCode) {
    super(`Interrupted by ${signal}; run the same command again to continue`);
    this.signal = signal;
    this.exitCode = exitCode;
  }
}
