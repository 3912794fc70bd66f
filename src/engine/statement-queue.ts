import { STOP_GRACE_MS, startStatement } from "./running-statements.js";
import { StatementTimeout } from "./statement-timeout.js";

/** State that the connections of one database share. */
export interface SharedStatements {
  /** Error of a statement that does not stop: its database can neither run others nor be closed. */
  stuck: Error | undefined;
  nRunning: number;
  /** What waits for the last statement to end. */
  readonly atEnd: (() => void)[];
}

/** Options for {@link createStatementQueue}. */
export interface StatementQueueOptions {
  readonly shared: SharedStatements;
  /** Asks the running statement to stop. */
  readonly interrupt: () => void;
  /** Seconds that a statement may run. */
  readonly limit: number;
  /** Milliseconds that a statement may take to stop; defaults to 10,000. */
  readonly graceMs?: number;
  readonly signal: AbortSignal | undefined;
  /** Names a statement in errors. */
  readonly nameOf: (sql: string) => string;
  /** Returns the error of a statement that failed. */
  readonly failureOf: (sql: string, cause: unknown) => Error;
}

/** Runs statements of one connection one after the other, so that a limit counts the statement's own time. */
export type StatementQueue = <T>(sql: string, body: () => Promise<T>) => Promise<T>;

/**
 * Creates the queue of a connection. A statement is interrupted at its limit or an abort. One that does not stop then, as
 * within a long scalar function, fails all the same after `graceMs`, and later ones fail with its error.
 */
export function createStatementQueue(options: StatementQueueOptions): StatementQueue {
  const { shared, interrupt, limit, graceMs = STOP_GRACE_MS, signal, nameOf, failureOf } = options;
  let last: Promise<unknown> = Promise.resolve();

  async function limited<T>(sql: string, body: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    if (shared.stuck) throw shared.stuck;
    const statement = startStatement();
    ++shared.nRunning;
    let isLate = false;
    let own: Error | undefined;
    let grace: NodeJS.Timeout | undefined;
    let giveUp: (error: Error) => void = () => {};
    const stuck = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const timeout = (isStuck: boolean, cause?: unknown) =>
      new StatementTimeout(`run "${nameOf(sql)}…"`, limit, { isStuck, cause });
    const stop = () => {
      interrupt();
      grace ??= setTimeout(() => {
        own = timeout(true);
        shared.stuck = own;
        statement.giveUp();
        giveUp(own);
      }, graceMs);
    };
    const timer = setTimeout(() => {
      isLate = true;
      stop();
    }, limit * 1000);
    signal?.addEventListener("abort", stop);
    const work = (async () => body())().finally(() => {
      clearTimeout(timer);
      clearTimeout(grace);
      signal?.removeEventListener("abort", stop);
      statement.end();
      // That of another connection may still run.
      if (shared.stuck === own) shared.stuck = undefined;
      if (--shared.nRunning === 0) for (const next of shared.atEnd.splice(0)) next();
    });
    try {
      return await Promise.race([work, stuck]);
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause === own) throw cause;
      throw isLate ? timeout(false, cause) : failureOf(sql, cause);
    }
  }

  return (sql, body) => {
    const turn = last.then(() => limited(sql, body));
    last = turn.catch(() => {});
    return turn;
  };
}

/** Calls `close` once no statement runs: to close a connection blocks this thread until its statement has ended. */
export function afterStatements({ nRunning, atEnd }: SharedStatements, close: () => void): void {
  if (nRunning === 0) close();
  else atEnd.push(close);
}
