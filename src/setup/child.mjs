import { spawn } from "node:child_process";

/** Grace period of an interrupted child process. */
const PATIENCE_MILLISECONDS = 3000;

/**
 * @typedef {object} ChildOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] Complete environment of the child; defaults to that of this process.
 * @property {boolean} [inherit] Lets the child use this terminal instead of collecting its output; defaults to false.
 * @property {AbortSignal} [signal] Ends the child and its descendants.
 * @property {(line: string) => void} [onLine] Called with each line of output.
 */

/**
 * Runs a program and returns its exit code and output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 * @throws {Error} If the program cannot be started, or `signal` ends it while it does not use this terminal.
 */
export function run(command, args, { cwd, env = process.env, inherit = false, signal, onLine } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    // A separate process group lets an interruption reach descendants; on a terminal, the terminal does that.
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env,
      stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"],
      detached: !inherit,
    });
    let output = "";
    let rest = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (/** @type {string} */ text) => {
        output += text;
        const lines = (rest + text).split(/\r?\n|\r/);
        rest = lines.pop() ?? "";
        for (const line of lines) if (line.trim()) onLine?.(line.trim());
      });
    }
    /** @type {NodeJS.Timeout | undefined} */
    let patience;
    const end = () => {
      // Ctrl-C on a terminal reaches the child directly, and it may clean up.
      const heard = inherit && process.stdin.isTTY && signal?.reason?.signal === "SIGINT";
      if (!heard) endGroup(child.pid, { group: !inherit });
      // npm takes half a minute to roll back.
      if (!inherit) patience = setTimeout(() => endGroup(child.pid, { signal: "SIGKILL" }), PATIENCE_MILLISECONDS);
    };
    const settle = () => {
      clearTimeout(patience);
      signal?.removeEventListener("abort", end);
    };
    signal?.addEventListener("abort", end, { once: true });
    child.once("error", (cause) => {
      settle();
      reject(new Error(`Cannot run ${command}: ${cause.message}`, { cause }));
    });
    child.once("close", (code) => {
      settle();
      if (signal?.aborted && !inherit) reject(signal.reason);
      else resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Runs a program and throws unless it succeeds.
 *
 * @param {string} what Action for the error message, as in "Cannot <what>".
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 * @throws {Error} If the exit code is not 0; the message includes its output, shortened.
 */
export async function runOrThrow(what, command, args, options = {}) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  // Some programs print the cause first, others last.
  const lines = output.trimEnd().split("\n");
  const tail = (lines.length > 40 ? [...lines.slice(0, 20), "…", ...lines.slice(-19)] : lines).join("\n");
  throw new Error(`Cannot ${what}: ${command} ended with exit code ${code}${tail && `\n${tail}`}`);
}

/**
 * Terminates a process or its group. A process that has ended already is not an error.
 *
 * @param {number | undefined} pid
 * @param {{ group?: boolean, signal?: NodeJS.Signals }} [options]
 */
export function endGroup(pid, { group = true, signal = "SIGTERM" } = {}) {
  if (pid === undefined) return;
  try {
    process.kill(group ? -pid : pid, signal);
  } catch {}
}

/**
 * Returns true if a process exists, also if it is a zombie.
 *
 * @param {number} pid Process id; negative for a group.
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
