import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { startableThreads } from "../../../src/models/native/startable-threads.js";
import { threadAllowance } from "../../../src/models/native/thread-allowance.js";

/** Creates an allowance where the trials find `found`, in turn. */
function allowanceWhere(...found: number[]) {
  const events: string[] = [];
  const allowed = threadAllowance({
    startable: (count) => {
      events.push(`try ${count}`);
      return Math.min(count, found.shift()!);
    },
    pause: () => events.push("pause"),
    warn: (line) => events.push(line),
  });
  return { allowed, events };
}

test("thread allowance: one thread needs no trial", () => {
  const { allowed, events } = allowanceWhere();
  expect(allowed(1)).toBe(1);
  expect(events).toEqual([]);
});

test("thread allowance: as many as wanted where twice the others can start", () => {
  const { allowed, events } = allowanceWhere(14, 2);
  expect([allowed(8), allowed(2)]).toEqual([8, 2]);
  expect(events).toEqual(["try 14", "try 2"]);
});

test("thread allowance: threads that a library keeps need no room of their own", () => {
  const { allowed, events } = allowanceWhere(7, 13, 2);
  expect(allowed(8, { running: 8 })).toBe(8);
  expect(allowed(8, { running: 2 })).toBe(8);
  expect(allowed(2, { running: 1 })).toBe(2);
  expect(events).toEqual(["try 7", "try 13", "try 2"]);
});

test("thread allowance: a second trial after a pause suffices", () => {
  const { allowed, events } = allowanceWhere(5, 14, 14);
  expect([allowed(8), allowed(8)]).toEqual([8, 8]);
  expect(events).toEqual(["try 14", "pause", "try 14", "try 14"]);
});

test("thread allowance: one thread from then on, said once, where two trials find too few", () => {
  const { allowed, events } = allowanceWhere(5, 13);
  expect([allowed(8), allowed(8), allowed(2)]).toEqual([1, 1, 1]);
  expect(events).toEqual([
    "try 14",
    "pause",
    "try 14",
    "Models use 1 thread instead of 8 from now on: only 13 of 14 more threads could start; end other processes or raise the limit (ulimit -u)",
  ]);
});

test("a trial of threads starts all of them where nothing limits them, and leaves none", () => {
  // Elsewhere than on Linux nothing is started.
  const threads = () => (process.platform === "linux" ? readdirSync("/proc/self/task") : []);
  const before = threads();
  expect(startableThreads(20)).toBe(20);
  expect(startableThreads(0)).toBe(0);
  expect(threads()).toEqual(before);
});
