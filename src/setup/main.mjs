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
    process.on(name, () => {
      process.exitCode = code;
      controller.abort(new Interruption(name));
    });
  }
  body(controller.signal).then(
    (code) => process.exit(process.exitCode ?? code),
    (error) => {
      const text = process.env["DEBUG"] ? error?.stack : error?.message;
      process.stderr.write(`${text ?? error}\n`);
      process.exit(process.exitCode ?? 1);
    },
  );
}

/** What a signal aborts with. */
export class Interruption extends Error {
  /** @override */
  name = "Interruption";
  /** @param {string} signal */
  constructor(signal) {
    super(`Interrupted by ${signal}; run the same command again to go on`);
  }
}
