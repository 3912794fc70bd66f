"use strict";

const { Worker } = require("node:worker_threads");

/** Ends this process once its parent is gone. A thread watches, because a busy cell blocks every timer of the main one. */
function exitWithParent({ everyMs = 1000 } = {}) {
  const watch = `
    const { workerData: { parent, everyMs } } = require("node:worker_threads");
    setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, "SIGKILL"); }, everyMs);
  `;
  new Worker(watch, { eval: true, workerData: { parent: process.ppid, everyMs } }).unref();
}

module.exports = { exitWithParent };
