/** Seconds that one statement may run by default. */
export const STATEMENT_LIMIT = 600;

/** A statement that ran longer than its limit and was stopped. */
export class StatementTimeout extends Error {
  override readonly name = "StatementTimeout";
  /** Seconds that it was allowed. */
  readonly limit: number;
  constructor(what: string, limit: number, options?: ErrorOptions) {
    super(`Cannot ${what}: its SQL ran longer than ${limit} s; ${remedy}`, options);
    this.limit = limit;
  }
}

const remedy = "simplify it, or allow more with --statement-limit <seconds> (statementLimit in notebooks)";
