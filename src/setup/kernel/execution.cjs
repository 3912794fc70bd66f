"use strict";

const vm = require("node:vm");
const { createDisplay } = require("./display.cjs");
const { describeDiagnostics, describeLate, describeThrown } = require("./failure.cjs");
const { beginCell, defineAwaited, interruptWork, names } = require("./interruption.cjs");
const { keepDeclarations } = require("./kept-declarations.cjs");
const { defineTimers, withTimers } = require("./timers.cjs");
const { setCellRuns, takeLateErrors } = require("./late-errors.cjs");

/**
 * Wraps the executor of tslab: a cell fails with all its errors and late errors of earlier cells, and its last expression is
 * shown as a rich display. Installs the global `display`.
 */
function hookExecution(tslab, { home, withoutInterrupts, interruptible }) {
  const createExecutor = tslab.executor.createExecutor;
  const compiled = nameCells({ withoutInterrupts, interruptible });
  const context = { home, sourceLine: compiled.line };
  const displays = createDisplay(tslab.jupyter);
  globalThis.display = displays.display;
  defineAwaited();
  defineTimers();
  let failure = null;
  let failed = false;

  tslab.executor.createExecutor = (rootDir, converters) => {
    const complaints = [];
    const declarations = keepDeclarations(tslab.compiler, {
      ...converters.node,
      convert: (...args) => withPromise(withoutInterrupts(() => converters.node.convert(...args))),
    });
    const executor = createExecutor(rootDir, withNode(converters, declarations.converter), {
      log: displays.showLast,
      error: (...args) => complaints.push(args),
    });
    let interruptWait = () => {};

    async function execute(code) {
      declarations.beginCell(executor.locals);
      failed = !(await attempt(code));
      declarations.endCell(executor.locals, { succeeded: !failed, ran: !isDiagnostic(complaints[0]) });
      return !failed;
    }

    async function attempt(code) {
      compiled.nextCell();
      complaints.length = 0;
      displays.forget();
      const left = takeLateErrors();
      if (left.length > 0) {
        failure = describeLate(left, context);
        return false;
      }
      const interrupted = new Promise((_, reject) => {
        interruptWait = () => reject(new Error("Interrupted asynchronously"));
      });
      setCellRuns(true);
      try {
        // The promise of a terminated cell never settles.
        if (!(await Promise.race([executor.execute(code), interrupted]))) {
          failure = describeComplaints(complaints, code);
          return false;
        }
        await Promise.race([displays.settled(), interrupted]);
        // Node reports unhandled rejections after the microtasks, so wait one turn of the event loop.
        await new Promise(setImmediate);
        const thrown = takeLateErrors();
        if (thrown.length > 0) throw thrown[0];
        return true;
      } catch (error) {
        failure = describeThrown(error, context);
        return false;
      } finally {
        setCellRuns(false);
        // Late errors during a failing cell belong to the same failure.
        takeLateErrors();
      }
    }

    function describeComplaints([first, ...others], code) {
      if (!isDiagnostic(first)) return describeThrown(first?.[0], context);
      const diagnostics = [first, ...others].map(([, file, line, column, message]) => ({
        file,
        line,
        column,
        message,
      }));
      return describeDiagnostics(diagnostics, code);
    }

    function interrupt() {
      interruptWork();
      executor.interrupt();
      interruptWait();
    }

    return { ...executor, execute, interrupt };
  };

  /** Returns the description of the last failure, once. */
  function takeFailure() {
    const taken = failure;
    failure = null;
    return taken;
  }
  return { takeFailure, lastFailed: () => failed, inOrder: displays.inOrder };
}

/**
 * Lets tslab wait for every compiled cell, since it begins only when its packages are loaded. It would know only those that
 * await, by an error of the compiler, which reports none for `await (…)`.
 */
function withPromise(converted) {
  return converted.output ? { ...converted, hasToplevelAwait: true } : converted;
}

/** Replaces the converter of Node.js; the set makes that of browsers when it is used, and closes both. */
function withNode(converters, node) {
  return Object.create(converters, { node: { value: node } });
}

/** True for what tslab prints of code that does not compile. */
function isDiagnostic(complaint) {
  return complaint?.[0] === "%s%d:%d - %s";
}

/** Names the script of each cell for stack traces, keeps its lines for quotes, and starts it. */
function nameCells({ withoutInterrupts, interruptible }) {
  const run = vm.runInThisContext;
  const linesOfCell = new Map();
  let cell = 0;
  vm.runInThisContext = (code, options) => {
    if (!options?.breakOnSigint || options.filename) return run(code, options);
    linesOfCell.set(cell, code.split("\n"));
    const signal = beginCell(cell);
    const named = code.replaceAll(names.cellSignal, `${names.signalOf}(${cell})`);
    const own = { ...options, filename: `cell-${cell}`, displayErrors: false };
    return start(signal, code, () => run(withTimers(named), own));
  };

  /** Starts a cell unless it was interrupted while it was compiled or its packages were loaded. */
  async function start(signal, code, runCell) {
    for (const name of packagesOf(code)) {
      await signals();
      signal.throwIfAborted();
      withoutInterrupts(() => load(name));
    }
    await signals();
    signal.throwIfAborted();
    return interruptible(runCell);
  }

  return {
    nextCell: () => void ++cell,
    line: (number, row) => withoutWrapping(linesOfCell.get(number)?.[row - 1] ?? ""),
  };
}

/** Names of the packages that a compiled cell imports. */
function packagesOf(code) {
  const imports = code.matchAll(/^(?:const \w+ = )?(?:__\w+\()?require\("([^"./][^"]*)"\)/gm);
  return Array.from(imports, ([, name]) => name);
}

/** Loads a package whole: one that is stopped within stays broken until the kernel restarts. */
function load(name) {
  try {
    globalThis.__tslab__.require(name);
  } catch {
    // The cell fails with the same error at its import.
  }
}

/** Waits until signals that have arrived are handled: the first turn may have begun before them. */
async function signals() {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

/** Restores the source of a compiled line, approximately. */
function withoutWrapping(line) {
  return line
    .replace(/^\(async function\(exports, require\) \{ |^\(function\(exports, require\) \{ /, "")
    .replace(/^const \{ setTimeout, setInterval \} = __rekindleTimers; /, "")
    .replace(/\b([\w$]+): exports\.\1\b(?![.(])/g, "$1")
    .replace(new RegExp(`\\bawait ${names.awaited}\\(\\w+, (.*)\\)(?=;?$)`), "await $1")
    .replace(/\bexports\./g, "")
    .replace(/^\s*tsLastExpr\d* = /, "")
    .trim()
    .slice(0, 100);
}

module.exports = { hookExecution };
