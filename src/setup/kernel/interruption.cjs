"use strict";

/** Key of the global abort signal of long-running work, aborted on interrupt. */
const interruption = Symbol.for("rekindle.interruption");

let controller = renew();

function renew() {
  const next = new AbortController();
  globalThis[interruption] = next.signal;
  return next;
}

/** Aborts running work of all cells; later work is not affected. */
function interruptWork() {
  controller.abort(new Error("The work was interrupted"));
  controller = renew();
}

module.exports = { interruptWork };
