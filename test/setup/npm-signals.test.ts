import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isAlive } from "./is-alive.js";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

const MAIN = fileURLToPath(new URL("../../src/setup/main.mjs", import.meta.url));

/** Cleans up when it is interrupted, except for a process in a group of its own that ignores signals. */
const SCRIPT = `
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { main } from ${JSON.stringify(MAIN)};
main(async (signal) => {
  const child = spawn("sh", ["-c", "trap '' TERM HUP INT; echo $$ > child; while :; do sleep 0.1; done"], { detached: true, stdio: "ignore" });
  child.unref();
  const alive = setInterval(() => {}, 1000);
  writeFileSync("ready", String(process.pid));
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  clearInterval(alive);
  writeFileSync("reason", signal.reason.message);
  return 0;
});
`;

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** Starts the script as an npm command and returns npm, when the script and its child run. */
async function startNpm(folder: string, work: string): Promise<ChildProcess> {
  writeFiles(folder, {
    "package.json": JSON.stringify({ type: "module", scripts: { work } }),
    "script.mjs": SCRIPT,
  });
  const npm = spawn("npm", ["run", "work"], { cwd: folder, stdio: "ignore", detached: true });
  const isReady = () => ["ready", "child"].every((name) => existsSync(join(folder, name)));
  await expect.poll(isReady, { timeout: 60_000 }).toBe(true);
  return npm;
}

test("npm commands replace the shell that npm starts, so that they get its signals", () => {
  const own = Object.entries(scripts).filter(
    ([, command]) => /\bnode src\/setup\//.test(command) && !/&&/.test(command),
  );
  expect(own.map(([name]) => name)).toEqual(expect.arrayContaining(["start", "lab", "notebooks", "test"]));
  expect(own.filter(([, command]) => !command.startsWith("exec node "))).toEqual([]);
});

// npx keeps a shell, which ends without telling its children, except that it does not end by SIGINT.
test.each([
  ...["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"].map((signal) => [signal, "exec node script.mjs"] as const),
  ...["SIGTERM", "SIGHUP", "SIGKILL"].map((signal) => [signal, "node script.mjs; true"] as const),
])(
  "%s to npm interrupts '%s' and leaves no process behind",
  async (signal, command) => {
    const folder = temporaryFolder();
    const npm = await startNpm(folder, command);
    const pids = ["ready", "child"].map((name) => Number(readFileSync(join(folder, name), "utf8")));
    expect(pids.every(isAlive)).toBe(true);
    npm.kill(signal as NodeJS.Signals);
    await expect.poll(() => pids.filter(isAlive), { timeout: 20_000 }).toEqual([]);
    const reason = readFileSync(join(folder, "reason"), "utf8");
    expect(reason).toMatch(/^Interrupted by (SIG[A-Z]+|the end of npm); run the same/);
  },
  90_000,
);
