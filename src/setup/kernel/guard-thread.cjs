"use strict";

const { spawn } = require("node:child_process");
const { Session } = require("node:inspector");
const { workerData } = require("node:worker_threads");

const { parent, beats } = workerData;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 1000);

// Threads get no signals, but Jupyter interrupts the process group: a child in it can say so. It ends with its input.
// A read ends at a signal and at the end of the input; only the latter is without a hit.
const listener = `trap 'hit=1; echo interrupted' INT; while :; do hit=; read -r _ || [ "$hit" ] || exit; done`;
const child = spawn("sh", ["-c", listener], { stdio: ["pipe", "pipe", "ignore"] });
child.stdout.on("data", () => {
  // Node itself breaks a loop that a cell runs before its first await; then the main thread is back soon.
  const before = Atomics.load(beats, 0);
  setTimeout(() => {
    if (Atomics.load(beats, 0) === before) terminateMainThread();
  }, 500);
});
// Without a shell only such loops stay out of reach.
child.on("error", () => {});

function terminateMainThread() {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => session.disconnect());
}
