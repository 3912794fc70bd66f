"use strict";

const { inspect, types } = require("node:util");

/**
 * Describes a thrown value for Jupyter's `error` message. Frames of the kernel are omitted, paths are relative to `home`,
 * and frames in cells show the line of code instead of a position in compiled text.
 *
 * @param sourceLine Returns the compiled line of a cell, given the cell's number and the line's.
 */
function describeThrown(error, { home, sourceLine }) {
  if (isInterruption(error)) {
    const evalue = "The cell was interrupted";
    return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
  }
  if (!(types.isNativeError(error) || error instanceof Error)) {
    const evalue = typeof error === "string" ? error : inspect(error);
    return { ename: "Error", evalue, traceback: [`Thrown: ${evalue}`] };
  }
  const ename = String(error.name || "Error");
  const evalue = String(error.message);
  const lines = inspect(error).split("\n").filter(isOfInterest).map(readable);
  // The last frame of a cell is the wrapper function of tslab.
  return { ename, evalue, traceback: lines.filter((line) => !line.includes("(__tslab__.exports")) };

  function readable(line) {
    return line
      .replace(/cell-(\d+):(\d+):\d+/g, (_, cell, row) => {
        const code = sourceLine(Number(cell), Number(row));
        return code ? `cell [${cell}]: ${code}` : `cell [${cell}]`;
      })
      .replaceAll(`file://${home}/`, "")
      .replaceAll(`${home}/`, "");
  }
}

/** Describes compiler diagnostics of a cell. `code` is the cell's source. */
function describeDiagnostics(diagnostics, code) {
  const lines = code.split("\n");
  const traceback = diagnostics.flatMap(({ file, line, column, message }) => {
    const where = file ? `${file}${line}:${column}` : `${line}:${column}  ${lines[line - 1] ?? ""}`;
    return [`TypeScriptError: ${message}`, `    at ${where}`];
  });
  return { ename: "TypeScriptError", evalue: diagnostics.map(({ message }) => message).join("\n"), traceback };
}

/** Describes uncaught errors of a cell that had already ended. */
function describeLate(errors, context) {
  const described = errors.map((error) => describeThrown(error, context));
  const first = `${described[0].ename}: ${described[0].evalue}`;
  const evalue = `Cannot run this cell: an earlier cell had an uncaught error, ${first}`;
  const advice = "Await or catch the promise in that cell, or run this cell again to ignore it.";
  return { ename: "UncaughtError", evalue, traceback: [evalue, ...described.flatMap((d) => d.traceback), advice] };
}

function isInterruption(error) {
  return error?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || error?.message === "Interrupted asynchronously";
}

function isOfInterest(line) {
  return !/^\s+at .*(node:|[\\/]tslab[\\/]dist[\\/]|src[\\/]setup[\\/]kernel)/.test(line);
}

module.exports = { describeThrown, describeDiagnostics, describeLate };
