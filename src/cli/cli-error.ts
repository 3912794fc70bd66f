/** Throw to end the command line with a message and no stack trace. */
export class CliError extends Error {
  override readonly name = "CliError";
  /** 1: a failure that the message explains. 2: wrong usage. */
  readonly exitCode: 1 | 2;
  constructor(message: string, exitCode: 1 | 2 = 1, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
