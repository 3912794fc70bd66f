"use strict";

const { ignoreInterrupts } = require("./interruption.cjs");

/** Key of the global set of shutdown functions; each receives `{ failed }`, true if the last cell failed. */
const atShutdown = Symbol.for("rekindle.atShutdown");

/** Calls the shutdown functions, which end open runs of cells. */
function endWhatIsOpen(state) {
  ignoreInterrupts();
  const ends = [...(globalThis[atShutdown] ?? [])];
  return Promise.allSettled(ends.map(async (end) => end(state)));
}

module.exports = { endWhatIsOpen };
