"use strict";

/** Errors that no cell could catch: rejections without a handler, throws from timers. Oldest first. */
const late = [];
let cellRuns = false;
let anyCellRan = false;

/** Replaces tslab's handlers, which print and forget, by ones that also remember. */
function watchLateErrors() {
  for (const event of ["unhandledRejection", "uncaughtException"]) {
    process.removeAllListeners(event);
    process.on(event, (error) => {
      // What fails before the first cell is the kernel's own business.
      if (anyCellRan) late.push(error);
      // While a cell runs, it fails with this error itself.
      if (!cellRuns) console.error("Not caught after its cell had ended:", error);
    });
  }
}

/** All late errors so far; they count once. */
function takeLateErrors() {
  return late.splice(0);
}

/** Says whether a cell is running, which then reports its own late errors. */
function setCellRuns(runs) {
  cellRuns = runs;
  anyCellRan ||= runs;
}

module.exports = { watchLateErrors, takeLateErrors, setCellRuns };
