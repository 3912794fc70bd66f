"use strict";

const { join } = require("node:path");
const { Worker } = require("node:worker_threads");

/**
 * Starts a thread that works while the main thread is busy: it ends this process when its parent has ended, and stops loops
 * that an interrupt alone does not stop.
 *
 * @returns A function that runs synchronous work of the kernel itself, such as compiling, which is never stopped.
 */
function startGuard() {
  const beats = new Int32Array(new SharedArrayBuffer(8));
  setInterval(() => Atomics.add(beats, 0, 1), 100).unref();
  const workerData = { parent: process.ppid, beats };
  new Worker(join(__dirname, "guard-thread.cjs"), { workerData }).unref();
  return (work) => {
    Atomics.store(beats, 1, 1);
    try {
      return work();
    } finally {
      Atomics.store(beats, 1, 0);
    }
  };
}

module.exports = { startGuard };
