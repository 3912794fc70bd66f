import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../../src/setup/child.mjs";
import { together } from "../../src/setup/together.mjs";
import { isAlive } from "./is-alive.js";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

const MAIN = fileURLToPath(new URL("../../src/setup/main.mjs", import.meta.url));

function script(body: string): string {
  const folder = temporaryFolder();
  writeFiles(folder, { "script.mjs": `import { main } from ${JSON.stringify(MAIN)};\nmain(${body});\n` });
  return join(folder, "script.mjs");
}

test("a failure is one message without a stack, and exit code 1", async () => {
  const path = script('async () => { throw new Error("Cannot go on: it rains"); }');
  const env = { ...process.env, DEBUG: "" };
  expect(await run(process.execPath, [path], { env })).toEqual({ code: 1, output: "Cannot go on: it rains\n" });
});

test.each(["False", "0", "no"])("a stack is not shown with DEBUG=%s", async (DEBUG) => {
  const path = script('async () => { throw new Error("Cannot go on: it rains"); }');
  const env = { ...process.env, DEBUG };
  expect(await run(process.execPath, [path], { env })).toEqual({ code: 1, output: "Cannot go on: it rains\n" });
  const shown = await run(process.execPath, [path], { env: { ...env, DEBUG: "True" } });
  expect(shown.output).toContain("Cannot go on: it rains\n    at ");
});

test("an interruption lets the command clean up, says how to continue, and ends with 130", async () => {
  const path = script(
    `async (signal) => {
    setInterval(() => {}, 1000);
    try {
      console.log("ready");
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("some detail"))));
    } finally {
      console.log("cleaned up");
    }
  }`,
  );
  const child = spawn(process.execPath, [path], { env: { ...process.env, DEBUG: "" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      output += data;
      if (output === "ready\n") child.kill("SIGINT");
    });
  }
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, output }).toEqual({
    code: 130,
    output: "ready\ncleaned up\nInterrupted by SIGINT; run the same command again to continue\n",
  });
});

test("when one of several tasks fails, the others are aborted and waited for, and the first failure is thrown", async () => {
  const controller = new AbortController();
  let ended = false;
  const other = new Promise<void>((resolve) => {
    controller.signal.addEventListener("abort", () =>
      setTimeout(() => {
        ended = true;
        resolve();
      }, 20),
    );
  });
  await expect(together([Promise.reject(new Error("first")), other], controller)).rejects.toThrow("first");
  expect(ended).toBe(true);
});

test("ending a child ends what it has started", async () => {
  const folder = temporaryFolder();
  const controller = new AbortController();
  let pid = 0;
  const running = run("sh", ["-c", "sleep 30 & echo $!; wait"], {
    cwd: folder,
    signal: controller.signal,
    onLine: (line) => {
      pid = Number(line);
      controller.abort(new Error("enough"));
    },
  });
  await expect(running).rejects.toThrow("enough");
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test("a child that does not want to end is ended all the same", async () => {
  const controller = new AbortController();
  const running = run("sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"], {
    signal: controller.signal,
    onLine: () => controller.abort(new Error("enough")),
  });
  await expect(running).rejects.toThrow("enough");
});
