/** Seconds that one statement may run by default. */
export const STATEMENT_LIMIT = 600;

/** Options for {@link StatementTimeout}. */
export interface StatementTimeoutOptions extends ErrorOptions {
  /** True if it could not be stopped: it runs until its process ends. Defaults to false. */
  readonly isStuck?: boolean;
}

/** A statement that ran longer than its limit. */
export class StatementTimeout extends Error {
  override readonly name = "StatementTimeout";
  /** Seconds that it was allowed. */
  readonly limit: number;
  /** True if it could not be stopped: it runs until its process ends. */
  readonly isStuck: boolean;
  constructor(what: string, limit: number, { isStuck = false, ...options }: StatementTimeoutOptions = {}) {
    const state = isStuck ? `${limit} s and cannot be stopped` : `${limit} s`;
    const first = isStuck ? "in a notebook restart the kernel; then " : "";
    super(`Cannot ${what}: its SQL ran longer than ${state}; ${first}${remedy}`, options);
    this.limit = limit;
    this.isStuck = isStuck;
  }

  /** Returns the same error of what the statement was to do, such as `compute "amount"`. */
  of(what: string): StatementTimeout {
    return new StatementTimeout(what, this.limit, { isStuck: this.isStuck, cause: this.cause });
  }
}

const remedy = "simplify it, or allow more with --statement-limit <seconds> (statementLimit in notebooks)";
