"use strict";

/** Key of the global set of functions to call before the kernel ends, with `{ failed }`: whether the last cell did. */
const atShutdown = Symbol.for("rekindle.atShutdown");

/** Ends what cells left open and would look as if it still ran. */
function endWhatIsOpen(state) {
  const ends = [...(globalThis[atShutdown] ?? [])];
  return Promise.allSettled(ends.map(async (end) => end(state)));
}

module.exports = { endWhatIsOpen };
