"use strict";

/** Key of the global abort signal of long-running work, aborted on interrupt. */
const interruption = Symbol.for("rekindle.interruption");
/** Errors that stopped work. */
const reasons = new WeakSet();
/** How often the awaits of each signal's work have failed. */
const stopped = new WeakMap();
const MOST_ERRORS = 1000;
/** Signals of the cells that ran, by number. */
const cells = new Map();

let controller = renew();
let ignored = false;
/** Signal of the work whose timer calls back at the moment. */
let calledBack;

function renew() {
  const next = new AbortController();
  globalThis[interruption] = next.signal;
  return next;
}

/** Notes that a cell begins; returns its signal. */
function beginCell(number) {
  cells.set(number, controller.signal);
  return controller.signal;
}

/** Leaves what runs from now on alone: Jupyter also interrupts a kernel that it closes. */
function ignoreInterrupts() {
  ignored = true;
}

/** Aborts running work of all cells; later work is not affected. */
function interruptWork() {
  if (ignored) return;
  const reason = new Error("The work was interrupted");
  // The standard name of what an abort signal throws.
  reason.name = "AbortError";
  reasons.add(reason);
  controller.abort(reason);
  controller = renew();
}

/** Returns true for the error that stops interrupted work. */
function isInterruption(error) {
  return reasons.has(error);
}

/** Ends interrupted work with an error, or lets it wait for ever where a loop catches the error again and again. */
async function stop(signal) {
  const times = (stopped.get(signal) ?? 0) + 1;
  stopped.set(signal, times);
  if (times > MOST_ERRORS) await new Promise(() => {});
  signal.throwIfAborted();
}

/** Returns what a cell awaits; an error, then or now, if the work was interrupted. */
function awaited(signal, value) {
  if (signal.aborted) return stop(signal);
  if (typeof value?.then !== "function") return value;
  return Promise.resolve(value).finally(() => signal.aborted && stop(signal));
}

/** Returns the values of `for await`, which ends with an error if the work was interrupted. */
async function* awaitedEach(signal, values) {
  for await (const value of values) {
    if (signal.aborted) await stop(signal);
    yield value;
    if (signal.aborted) await stop(signal);
  }
}

/** Returns the signal of the work that begins now. */
function currentSignal() {
  return calledBack ?? controller.signal;
}

/** Runs a callback as part of earlier work. */
function runAs(signal, callback) {
  const outer = calledBack;
  calledBack = signal;
  try {
    return callback();
  } finally {
    calledBack = outer;
  }
}

/** Names of globals and variables that the compiler puts into cells. */
const names = {
  awaited: "__rekindleAwaited",
  awaitedEach: "__rekindleAwaitedEach",
  /** Returns the signal of the work that begins, or that of a cell. */
  signalOf: "__rekindleSignalOf",
  /** The signal of a function's work. */
  signal: "__rekindleSignal",
  /** The signal of the cell, which has its number only when it runs. */
  cellSignal: "__rekindleCellSignal",
};

/** Defines the globals, out of sight. */
function defineAwaited() {
  const signalOf = (cell) => cells.get(cell) ?? currentSignal();
  for (const [name, value] of Object.entries({ awaited, awaitedEach, signalOf })) {
    Object.defineProperty(globalThis, names[name], { value });
  }
}

module.exports = {
  beginCell,
  currentSignal,
  defineAwaited,
  ignoreInterrupts,
  interruptWork,
  isInterruption,
  names,
  runAs,
};
