"use strict";

/** Key of the global signal that long work looks at: it is aborted when the user interrupts. */
const interruption = Symbol.for("rekindle.interruption");

let controller = renew();

function renew() {
  const next = new AbortController();
  globalThis[interruption] = next.signal;
  return next;
}

/** Stops what runs, whichever cell began it; what begins later is not concerned. */
function interruptWork() {
  controller.abort(new Error("The work was interrupted"));
  controller = renew();
}

module.exports = { interruptWork };
