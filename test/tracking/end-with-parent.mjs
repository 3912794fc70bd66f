import { spawn } from "node:child_process";

/**
 * Ends a process group with SIGKILL once this process has ended, however it ends: its side of a pipe closes then.
 *
 * @param {number} group Id of the process that leads the group.
 * @returns {() => void} Calls it off.
 */
export function endWithParent(group) {
  const watcher = spawn("bash", ["-c", 'read -r _; kill -KILL -- "-$1"', "bash", String(group)], {
    // A group of its own, so that Ctrl-C in a terminal does not end it first.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  return () => void watcher.kill("SIGKILL");
}
