import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { limitObstacle, runWithThreads } from "../checks/few-threads.js";
import { ROOT } from "../checks/tracked-files.js";

const program = `
  const threads = require("node:fs").readdirSync("/proc/self/task").length;
  const { startGuard } = require(${JSON.stringify(join(ROOT, "src", "setup", "kernel", "guard.cjs"))});
  console.log(threads, startGuard().withoutInterrupts(() => "works"));`;

const obstacle = limitObstacle();

describe(obstacle ? `where no thread can start: not here, ${obstacle}` : "where no thread can start", () => {
  test.skipIf(obstacle)("the kernel works without its guard, and says what it cannot do", async () => {
    const free = await runWithThreads(program);
    expect(free).toEqual({ stdout: expect.stringMatching(/^\d+ works\n$/), stderr: "" });
    const { stdout, stderr } = await runWithThreads(program, { limit: Number.parseInt(free.stdout, 10) });
    expect(stdout).toBe(free.stdout);
    expect(stderr).toMatch(/^This kernel cannot stop endless loops: no thread could start \(EAGAIN\); [^\n]+\n$/);
  });
});
