import { spawn } from "node:child_process";

/** How long an interrupted child may take to end by itself. */
const PATIENCE_MILLISECONDS = 3000;

/**
 * @typedef {object} ChildOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] The whole environment of the child; defaults to ours.
 * @property {boolean} [inherit] Gives the child our terminal instead of collecting what it prints; defaults to false.
 * @property {AbortSignal} [signal] Ends the child and all that it started.
 * @property {(line: string) => void} [onLine] Hears each line that the child prints.
 */

/**
 * Runs a program to its end and answers its exit code, whatever it is, and all that it printed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 * @throws {Error} If the program cannot be started, or `signal` ends it and it had no terminal to say so on.
 */
export function run(command, args, { cwd, env = process.env, inherit = false, signal, onLine } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    // A group of its own lets an interruption reach what the child has started; on our terminal the terminal does that.
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
      // Ctrl-C on a terminal reaches the child without us, and it may have its own way to end.
      const heard = inherit && process.stdin.isTTY && signal?.reason?.signal === "SIGINT";
      if (!heard) endGroup(child.pid, { group: !inherit });
      // npm takes half a minute to put back what nobody needs.
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
 * Runs a program that must succeed.
 *
 * @param {string} what What it is for, as in "Cannot <what>".
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 * @throws {Error} If it exits with another code than 0; the message ends with what it printed, long output shortened.
 */
export async function runOrThrow(what, command, args, options = {}) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  // The cause is at the top of what some programs print, and at the end of what others do.
  const lines = output.trimEnd().split("\n");
  const tail = (lines.length > 40 ? [...lines.slice(0, 20), "…", ...lines.slice(-19)] : lines).join("\n");
  throw new Error(`Cannot ${what}: ${command} ended with exit code ${code}${tail && `\n${tail}`}`);
}

/**
 * Asks a process, or its whole group, to end. One that is gone already is no error.
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
