"use strict";

const { join } = require("node:path");
const { Worker } = require("node:worker_threads");

/**
 * Starts the thread that does what a busy main thread cannot: it ends this process once its parent is gone, and it
 * stops a loop that an interruption by itself does not reach.
 */
function startGuard() {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beats, 0, 1), 100).unref();
  const workerData = { parent: process.ppid, beats };
  new Worker(join(__dirname, "guard-thread.cjs"), { workerData }).unref();
}

module.exports = { startGuard };
