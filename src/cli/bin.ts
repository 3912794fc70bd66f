#!/usr/bin/env node
import { type ChildProcess, spawn } from "node:child_process";
import { hasRunningStatements, statementsEnd } from "../engine/index.js";
import { messageOf } from "../errors.js";
import { defaultWaitPolicy, readEnvironment } from "../storage/index.js";
import { maskedEmails } from "../text/index.js";
import { CliError } from "./cli-error.js";
import type { Effects } from "./effects.js";
import { rebuildingProgram } from "./stale-build.js";
import { watchNpm } from "./watch-npm.js";

// Native libraries read it once, when they are loaded; spinning threads starve the other cores.
defaultWaitPolicy();

const { debug, ci } = readEnvironment();
const interruption = new AbortController();
const children = new Set<ChildProcess>();
/** Exit codes as in shells: 128 plus the number of the signal. */
const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
let interruptedCode: number | undefined;
function interrupt(name: keyof typeof signalCodes, by: string = name): void {
  const code = signalCodes[name];
  // A second signal exits immediately.
  if (interruptedCode !== undefined && !children.size) exitAtOnce(code);
  interruptedCode = code;
  for (const child of children) child.kill(name);
  interruption.abort(new Error(`Interrupted by ${by}: run the same command again to continue`));
}
/** Exits; while SQL runs, by force: Node waits at its exit for threads that may never end. */
function exitAtOnce(code: number): never {
  if (hasRunningStatements()) process.kill(process.pid, "SIGKILL");
  process.exit(code);
}
for (const name of Object.keys(signalCodes) as (keyof typeof signalCodes)[]) process.on(name, () => interrupt(name));
watchNpm(() => interrupt("SIGTERM", "the end of npm"));

const effects: Effects = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  now: () => new Date(),
  env: process.env,
  cwd: process.cwd(),
  isTerminal: process.stderr.isTTY === true && !ci,
  spawnInherited: (program, args) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { stdio: "inherit" });
      children.add(child);
      child.once("error", reject);
      child.once("exit", (code) => {
        children.delete(child);
        resolve(code ?? 1);
      });
    }),
  signal: interruption.signal,
};

/** Runs the command, with a new build if the sources have changed since this one. */
async function run(args: readonly string[]): Promise<void> {
  const rebuilding = await rebuildingProgram(args);
  if (rebuilding === undefined) return (await import("./main.js")).main(args, effects);
  const code = await effects.spawnInherited("node", rebuilding);
  if (code !== 0) throw new CliError("", code === 2 ? 2 : 1);
}

run(process.argv.slice(2)).then(
  () => process.exit(0),
  async (error: unknown) => {
    // A child reports its own failure; errors after an interruption only follow from it.
    const shown = messageOf(error) && interruptedCode !== undefined ? interruption.signal.reason : error;
    const message = messageOf(shown);
    if (message) process.stderr.write(`${maskedEmails((debug && error instanceof Error && error.stack) || message)}\n`);
    await statementsEnd();
    exitAtOnce(interruptedCode ?? (error instanceof CliError ? error.exitCode : 1));
  },
);
