import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds that a statement may take to stop after its limit or an abort. */
export const STOP_GRACE_MS = 10_000;

/** Statements of this process that run now, of all engines, and those among them that do not stop. */
const running = new Set<symbol>();
const stuck = new Set<symbol>();

/** A statement that runs. */
export interface RunningStatement {
  end(): void;
  /** Says that it does not stop. */
  giveUp(): void;
}

/** Counts a statement as running until its end. */
export function startStatement(): RunningStatement {
  const key = Symbol("statement");
  running.add(key);
  return {
    end: () => {
      running.delete(key);
      stuck.delete(key);
    },
    giveUp: () => void stuck.add(key),
  };
}

/**
 * Waits until no statement runs in this process. One that DuckDB cannot stop keeps it from exiting: it is to be killed then.
 *
 * @returns False if one does not stop.
 */
export async function statementsEnd(timeoutMs: number = STOP_GRACE_MS): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (running.size) {
    if (stuck.size || performance.now() >= until) return false;
    await sleep(20);
  }
  return true;
}

/** Returns true while a statement runs in this process. */
export function hasRunningStatements(): boolean {
  return running.size > 0;
}
