import { isOn } from "./is-on.mjs";

/**
 * Runs the body of a command: prints a failure as one message, and turns Ctrl-C and its like into an abort that the
 * body may clean up after.
 *
 * @param {(signal: AbortSignal) => Promise<number>} body Answers the exit code.
 */
export function main(body) {
  const controller = new AbortController();
  /** @type {Partial<Record<NodeJS.Signals, number>>} */
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  for (const [name, code] of Object.entries(codes)) {
    process.on(name, () => controller.abort(new Interruption(name, code)));
  }
  body(controller.signal).then(
    (code) => process.exit(code),
    (error) => {
      // What an interruption breaks off fails in many ways, none of which says so.
      const shown = controller.signal.aborted ? controller.signal.reason : error;
      const text = isOn("DEBUG") ? shown?.stack : shown?.message;
      process.stderr.write(`${text ?? shown}\n`);
      process.exit(shown instanceof Interruption ? shown.exitCode : 1);
    },
  );
}

/** What a signal aborts with. */
export class Interruption extends Error {
  /** @override */
  name = "Interruption";
  /**
   * @param {string} signal
   * @param {number} exitCode As shells have it: 128 and the number of the signal.
   */
  constructor(signal, exitCode) {
    super(`Interrupted by ${signal}: run the same command again to go on`);
    this.signal = signal;
    this.exitCode = exitCode;
  }
}
