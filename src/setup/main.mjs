import { isOn } from "./is-on.mjs";

/**
 * Runs the body of a command: prints a failure as one message and converts termination signals to an abort, so that the body
 * can clean up.
 *
 * @param {(signal: AbortSignal) => Promise<number>} body Returns the exit code.
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
