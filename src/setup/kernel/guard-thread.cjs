"use strict";

const { spawn } = require("node:child_process");
const { Session } = require("node:inspector");
const { workerData } = require("node:worker_threads");
const { CELL, NOTHING } = require("./activity.cjs");

const { parent, beats } = workerData;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 1000);

// Threads receive no signals, but Jupyter interrupts the process group: a child process reports the signal and ends with
// its input.
const listener = `trap 'hit=1; echo interrupted' INT; while :; do hit=; read -r _ || [ "$hit" ] || exit; done`;
const child = spawn("sh", ["-c", listener], { stdio: ["pipe", "pipe", "ignore"] });
child.stdout.on("data", () => {
  // Node itself stops a loop before a cell's first await; the main thread then responds soon.
  watch();
});
// Without a shell, other loops cannot be stopped.
child.on("error", () => {});

function watch() {
  const before = Atomics.load(beats, 0);
  // Stages check for interrupts themselves, in steps that a busy machine makes long; stopped within one, they would release
  // nothing that they hold.
  const patience = Atomics.load(beats, 1) === NOTHING ? 3000 : 500;
  setTimeout(() => {
    const activity = Atomics.load(beats, 1);
    if (activity === NOTHING) {
      if (Atomics.load(beats, 0) === before) terminateMainThread();
      return;
    }
    // Node.js stops a cell for signals that come while it runs; for one that came before, this repeats it.
    if (activity === CELL && Atomics.load(beats, 0) === before) process.kill(process.pid, "SIGINT");
    watch();
  }, patience);
}

function terminateMainThread() {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => session.disconnect());
}
