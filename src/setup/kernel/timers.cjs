"use strict";

const { currentSignal, runAs } = require("./interruption.cjs");

/** Name of the global with the timer functions of cells. */
const timersName = "__rekindleTimers";

/**
 * Defines the timer functions of cells, out of sight; those of libraries are left alone. After an interrupt an interval
 * stops, and a timeout still fires, because a promise may wait for it, but what it calls starts no other timer.
 */
function defineTimers() {
  const { setTimeout: startTimeout, setInterval: startInterval } = globalThis;
  const value = {
    setTimeout: like(startTimeout, (callback, ...rest) => {
      const signal = currentSignal();
      const timer = startTimeout(within(signal, callback), ...rest);
      if (signal.aborted) clearTimeout(timer);
      return timer;
    }),
    setInterval: like(startInterval, (callback, ...rest) => {
      const signal = currentSignal();
      const run = within(signal, callback);
      const timer = startInterval((...args) => (signal.aborted ? clearInterval(timer) : run(...args)), ...rest);
      if (signal.aborted) clearInterval(timer);
      return timer;
    }),
  };
  Object.defineProperty(globalThis, timersName, { value });
}

/** Returns the callback as part of the work that started its timer. */
function within(signal, callback) {
  return typeof callback === "function" ? (...args) => runAs(signal, () => callback(...args)) : callback;
}

/** Gives a function the properties of the original, such as its promisified form. */
function like(original, wrapped) {
  return Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
}

/** Lets a compiled cell use the timer functions of cells, unless it declares such a name itself. */
function withTimers(code) {
  const head = "(exports, require) { ";
  if (!/\bset(?:Timeout|Interval)\b/.test(code)) return code;
  if (/\b(?:const|let|var|function|class)\b[^;=\n]*\bset(?:Timeout|Interval)\b/.test(code)) return code;
  return code.replace(head, `${head}const { setTimeout, setInterval } = ${timersName}; `);
}

module.exports = { defineTimers, withTimers };
