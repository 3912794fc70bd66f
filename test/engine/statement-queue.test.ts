import { expect, test } from "vitest";
import { hasRunningStatements, statementsEnd } from "../../src/engine/index.js";
import { afterStatements, createStatementQueue, type SharedStatements } from "../../src/engine/statement-queue.js";

function notRunning(): SharedStatements {
  return { stuck: undefined, nRunning: 0, atEnd: [] };
}

/** A queue whose statements end when they are told to, whatever interrupts them. */
function queueOf({
  signal,
  shared = notRunning(),
}: {
  readonly signal?: AbortSignal;
  readonly shared?: SharedStatements;
} = {}) {
  const calls = { interrupts: 0, closed: 0 };
  let release = () => {};
  const deaf = new Promise<void>((resolve) => {
    release = resolve;
  });
  const queue = createStatementQueue({
    shared,
    interrupt: () => void ++calls.interrupts,
    limit: signal ? 60 : 0.05,
    graceMs: 50,
    signal,
    nameOf: (sql) => sql,
    failureOf: (_, cause) => cause as Error,
  });
  return { queue, calls, release, deaf, close: () => afterStatements(shared, () => void ++calls.closed) };
}

test("a statement that does not stop at its limit fails, and so do later ones until it ends", async () => {
  const { queue, calls, release, deaf, close } = queueOf();
  const message =
    'Cannot run "SELECT long…": its SQL ran longer than 0.05 s and cannot be stopped; in a notebook restart the kernel; ' +
    "then simplify it, or allow more with --statement-limit <seconds> (statementLimit in notebooks)";
  const [first, second] = await Promise.allSettled([
    queue("SELECT long", () => deaf),
    queue("SELECT 1", async () => 1),
  ]);
  expect([first, second]).toMatchObject([{ reason: { message, isStuck: true } }, { reason: { message } }]);
  expect(calls.interrupts).toBe(1);
  // What ends the process must not wait for it, and neither must a close.
  expect([hasRunningStatements(), await statementsEnd(), calls.closed]).toEqual([true, false, 0]);
  close();
  expect(calls.closed).toBe(0);
  release();
  await new Promise(setImmediate);
  expect(await statementsEnd()).toBe(true);
  expect([calls.closed, await queue("SELECT 1", async () => 1)]).toEqual([1, 1]);
});

test("a statement that does not stop holds up other connections until it ends itself", async () => {
  const shared = notRunning();
  const [one, other] = [queueOf({ shared }), queueOf({ shared })];
  const stuck = one.queue("SELECT long", () => one.deaf).catch((error: Error) => error);
  // It runs already when the first is given up, and stops.
  const stopped = other.queue("SELECT other", () => other.deaf).catch(() => {});
  setTimeout(other.release, 75);
  await Promise.all([stuck, stopped]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(other.queue("SELECT 1", async () => 1)).rejects.toBe(await stuck);
  one.release();
  await new Promise(setImmediate);
  expect(await other.queue("SELECT 1", async () => 1)).toBe(1);
});

test("a statement that does not stop at an abort fails with the signal's reason", async () => {
  const controller = new AbortController();
  const { queue, release, deaf } = queueOf({ signal: controller.signal });
  const running = queue("SELECT long", () => deaf);
  await Promise.resolve();
  controller.abort(new Error("interrupted"));
  await expect(running).rejects.toThrow("interrupted");
  expect(await statementsEnd()).toBe(false);
  release();
  await new Promise(setImmediate);
  expect(await statementsEnd()).toBe(true);
});

test("a statement that stops at its limit fails with its time, and the next one runs", async () => {
  const { queue } = queueOf();
  const stopping = () => new Promise<void>((_, reject) => setTimeout(() => reject(new Error("interrupted")), 80));
  await expect(queue("SELECT long", stopping)).rejects.toMatchObject({ isStuck: false, name: "StatementTimeout" });
  expect(await queue("SELECT 1", async () => 1)).toBe(1);
});
