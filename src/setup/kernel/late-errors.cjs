"use strict";

const { isInterruption } = require("./interruption.cjs");

/** Uncaught errors: unhandled rejections and throws from timers, oldest first. */
const late = [];
let cellRuns = false;
let anyCellRan = false;

/** Replaces the handlers of tslab, which only print, by handlers that record errors. */
function watchLateErrors() {
  for (const event of ["unhandledRejection", "uncaughtException"]) {
    process.removeAllListeners(event);
    process.on(event, (error) => {
      // The cell said so itself.
      if (isInterruption(error)) return;
      // Errors before the first cell belong to the kernel.
      if (anyCellRan) late.push(error);
      // A running cell fails with this error.
      if (!cellRuns) console.error("Uncaught error of a cell that had ended:", error);
    });
  }
}

/** Returns all late errors so far and clears them. */
function takeLateErrors() {
  return late.splice(0);
}

/** Records whether a cell is running, which then reports late errors itself. */
function setCellRuns(runs) {
  cellRuns = runs;
  anyCellRan ||= runs;
}

module.exports = { watchLateErrors, takeLateErrors, setCellRuns };
