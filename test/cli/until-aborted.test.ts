import { expect, test } from "vitest";
import { untilAborted } from "../../src/cli/until-aborted.js";

test("gives what the work gives, or throws what it throws", async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(3), signal)).toBe(3);
  await expect(untilAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
});

test("rejects with the reason as soon as the signal aborts, and at once if it has", async () => {
  const controller = new AbortController();
  const endless = untilAborted(new Promise(() => {}), controller.signal);
  controller.abort(new Error("interrupted"));
  await expect(endless).rejects.toThrow("interrupted");
  await expect(untilAborted(Promise.resolve(3), controller.signal)).rejects.toThrow("interrupted");
});

test("an abort after the end changes nothing", async () => {
  const controller = new AbortController();
  expect(await untilAborted(Promise.resolve(3), controller.signal)).toBe(3);
  controller.abort(new Error("late"));
  await new Promise((resolve) => setImmediate(resolve));
});
