import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { withLock } from "../../src/storage/index.js";

const folder = mkdtempSync(join(tmpdir(), "rekindle-lock-"));
const path = join(folder, "made", ".shop.lock");
afterEach(() => rmSync(join(folder, "made"), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const options = { what: 'the dataset "shop"', holder: "a test", wait: 0 };
const held = (changes: object = {}) => {
  const since = "2026-01-02T03:04:05.000Z";
  const lock = { pid: process.ppid, host: hostname(), started: null, holder: "rekindle run", since, token: "1" };
  return JSON.stringify({ ...lock, ...changes });
};

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["--eval", "0"]);
  await once(child, "exit");
  return child.pid!;
}

test("withLock: the file names its holder while the body runs, and is gone afterwards, also after an error", async () => {
  const seen = await withLock(path, options, async () => JSON.parse(readFileSync(path, "utf8")) as object);
  expect(seen).toMatchObject({ pid: process.pid, host: hostname(), holder: "a test" });
  await expect(withLock(path, options, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(readdirSync(join(folder, "made"))).toEqual([]);
});

test("withLock: work of one process takes turns, also work that was started within and outlives it", async () => {
  const order: string[] = [];
  const work = (name: string) =>
    withLock(path, options, async () => {
      order.push(`${name} begins`);
      await sleep(20);
      order.push(`${name} ends`);
    });
  let late: Promise<void> | undefined;
  const first = withLock(path, options, async () => {
    order.push("first begins");
    late = work("late");
    order.push("first ends");
  });
  await Promise.all([first, work("other")]);
  await late;
  expect(order).toEqual([...["first begins", "first ends", "other begins", "other ends", "late begins", "late ends"]]);
});

test("withLock: another process that holds it is named, with its id and since when", async () => {
  await withLock(path, options, async () => {});
  writeFileSync(path, held());
  const ran: string[] = [];
  await expect(withLock(path, options, async () => void ran.push("body"))).rejects.toThrow(
    `Cannot use the dataset "shop": rekindle run uses it (process ${process.ppid}, since 2026-01-02 03:04:05 UTC); ` +
      "try again when it has ended, or wait longer with --wait <seconds>",
  );
  expect([ran, existsSync(path)]).toEqual([[], true]);
});

test("withLock: it waits, says so once, and continues when the lock is free", async () => {
  await withLock(path, options, async () => {});
  writeFileSync(path, held());
  const said: string[] = [];
  const waiting = withLock(path, { ...options, wait: 60, say: (line) => said.push(line) }, async () => "done");
  while (!said.length) await sleep(10);
  await sleep(500);
  rmSync(path);
  expect(await waiting).toBe("done");
  expect(said).toEqual([
    `waiting up to 60 s for the dataset "shop": rekindle run uses it (process ${process.ppid}, since 2026-01-02 03:04:05 UTC)`,
  ]);
});

test("withLock: an abort ends the waiting", async () => {
  await withLock(path, options, async () => {});
  writeFileSync(path, held());
  const controller = new AbortController();
  const say = () => controller.abort(new Error("interrupted"));
  const waiting = withLock(path, { ...options, wait: 60, say, signal: controller.signal }, async () => {});
  await expect(waiting).rejects.toThrow("interrupted");
});

test.each([
  ["a process that has ended", async () => held({ pid: await endedProcess() })],
  ["a process whose id another one has now", async () => held({ started: "0" })],
  ["no process", async () => "half a li"],
])("withLock: the lock of %s is taken over", async (_, content) => {
  await withLock(path, options, async () => {});
  writeFileSync(path, await content());
  expect(await withLock(path, options, async () => "done")).toBe("done");
  expect(readdirSync(join(folder, "made"))).toEqual([]);
});

test("withLock: a lock of another machine stays, and its file is named", async () => {
  await withLock(path, options, async () => {});
  writeFileSync(path, held({ host: "elsewhere", pid: await endedProcess() }));
  await expect(withLock(path, options, async () => {})).rejects.toThrow(
    /uses it \(process \d+ on elsewhere, since .*\); .*; if that process is gone, delete ".*\.shop\.lock"$/,
  );
});

/** Runs `body` as a user whom modes of files hold back, which they do not with root. */
async function asPlainUser<T>(body: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return body();
  process.seteuid!(65534);
  try {
    return await body();
  } finally {
    process.seteuid!(0);
  }
}

const here = join(folder, "made");
test.each([
  [
    "may not be written",
    () => mkdirSync(here, { mode: 0o555 }),
    "this user may not write; change its owner or permissions",
  ],
  [
    "has a file in its place",
    () => writeFileSync(here, ""),
    "nothing can be written, since a file has its name; remove that file",
  ],
])("withLock: where the folder %s the body does not run, and one line names the folder", async (_, make, why) => {
  make();
  chmodSync(folder, 0o755);
  const ran: string[] = [];
  await asPlainUser(async () => {
    await expect(withLock(path, options, async () => void ran.push("body"))).rejects.toThrow(
      `Cannot lock the dataset "shop": in the folder "${here}" ${why}`,
    );
  });
  expect(ran).toEqual([]);
});

test("withLock: work that only reads runs without a lock where none can be written", async () => {
  mkdirSync(here, { mode: 0o555 });
  chmodSync(folder, 0o755);
  const readsOnly = { ...options, readsOnly: true };
  expect(await asPlainUser(() => withLock(path, readsOnly, async (isHeld) => isHeld))).toBe(false);
  rmSync(here, { recursive: true });
  expect(await withLock(path, readsOnly, async (isHeld) => isHeld)).toBe(true);
});
