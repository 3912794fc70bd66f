#!/usr/bin/env node
import { spawn } from "node:child_process";
import { messageOf } from "../errors.js";
import { CliError } from "./cli-error.js";
import type { Effects } from "./effects.js";
import { main } from "./main.js";

// Native libraries read it once, when they are loaded; spinning threads starve the other cores.
process.env["OMP_WAIT_POLICY"] ??= "passive";

const interruption = new AbortController();
process.once("SIGINT", () => interruption.abort(new Error("interrupted")));
process.once("SIGTERM", () => interruption.abort(new Error("terminated")));

const effects: Effects = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  now: () => new Date(),
  env: process.env,
  cwd: process.cwd(),
  isTerminal: process.stderr.isTTY === true && !process.env["CI"],
  spawnInherited: (program, args) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { stdio: "inherit" });
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? 1));
    }),
  signal: interruption.signal,
};

main(process.argv.slice(2), effects).then(
  () => process.exit(0),
  (error: unknown) => {
    const message = messageOf(error);
    if (message) process.stderr.write(`${process.env["DEBUG"] && error instanceof Error ? error.stack : message}\n`);
    process.exit(error instanceof CliError ? error.exitCode : 1);
  },
);
