"use strict";

const { join } = require("node:path");
const { Worker } = require("node:worker_threads");
const { CELL, KERNEL } = require("./activity.cjs");

/**
 * Starts a thread that works while the main thread is busy: it ends this process when its parent has ended, and stops loops
 * that an interrupt alone does not stop. Where no thread can start, even after a moment, the kernel works without.
 *
 * @returns Functions that run synchronous work: of the kernel itself, such as compiling, which is never stopped, and of a
 * cell that Node.js stops, since to stop what called it too would end the kernel.
 */
function startGuard() {
  const beats = new Int32Array(new SharedArrayBuffer(8));
  setInterval(() => Atomics.add(beats, 0, 1), 100).unref();
  const parent = process.ppid;
  const start = () => new Worker(join(__dirname, "guard-thread.cjs"), { workerData: { parent, beats } }).unref();
  try {
    start();
  } catch {
    Atomics.wait(beats, 0, Atomics.load(beats, 0), 300);
    try {
      start();
    } catch (error) {
      process.stderr.write(
        `This kernel cannot stop endless loops: no thread could start (${error.message}); end other processes or raise the limit (ulimit -u), then restart the kernel\n`,
      );
      setInterval(() => {
        if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
      }, 1000).unref();
    }
  }
  const during = (activity) => (work) => {
    const outer = Atomics.exchange(beats, 1, activity);
    try {
      return work();
    } finally {
      Atomics.store(beats, 1, outer);
      Atomics.add(beats, 0, 1);
    }
  };
  return { withoutInterrupts: during(KERNEL), interruptible: during(CELL) };
}

module.exports = { startGuard };
