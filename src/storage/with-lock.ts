import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, readFile, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type OptionNames, requireKnownOptions } from "../errors.js";
import { isProcessRunning, processId } from "./environment.js";

/** Seconds that a lock is waited for by default. */
export const LOCK_WAIT = 30;

/** Options for {@link withLock}. */
export interface LockOptions {
  /** What is locked, for messages, such as `the dataset "shop"`. */
  readonly what: string;
  /** Name of the process for the messages of others, such as "rekindle run". */
  readonly holder: string;
  /** Seconds to wait while another process holds it; 0 does not wait. Defaults to 30. */
  readonly wait?: number | undefined;
  /** What to do if the lock is not free in time; by default to wait longer with `--wait`. */
  readonly advice?: string;
  /** Reports that it waits, in one line. */
  readonly say?: ((line: string) => void) | undefined;
  /** Stops the waiting. */
  readonly signal?: AbortSignal | undefined;
  /** True for work that only reads: where no lock can be written it runs without one. Defaults to false. */
  readonly readsOnly?: boolean;
}

/** Holder of a lock, as the file has it. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start of the process, where the system says so: an id is given again. */
  readonly started: string | null;
  readonly holder: string;
  /** ISO time. */
  readonly since: string;
  readonly token: string;
}

const WAIT_LONGER = "try again when it has ended, or wait longer with --wait <seconds>";
/** Codes of the system for what this user may not write. */
const DENIED = ["EACCES", "EPERM", "EROFS"];
const WRITABLE = "this user may not write; change its owner or permissions";
const A_FILE = "nothing can be written, since a file has its name; remove that file";
/** What keeps a lock from being written, by the code of the system. */
const OBSTACLES: Readonly<Record<string, string>> = {
  EACCES: WRITABLE,
  EPERM: WRITABLE,
  EROFS: "nothing can be written; mount its file system for writing, or set REKINDLE_HOME to another folder",
  EEXIST: A_FILE,
  ENOTDIR: A_FILE,
  ENOSPC: "no space is left; free some",
};
const POLL_MS = 200;
/** Milliseconds after which a process that takes over a lock counts as stopped. */
const TAKEOVER_MS = 10_000;

/** The names of {@link LockOptions}. */
export const lockOptions: OptionNames<LockOptions> = {
  what: true,
  holder: true,
  wait: true,
  advice: true,
  say: true,
  signal: true,
  readsOnly: true,
};

/** The last work on each lock in this process. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Runs `body` while holding the lock file at `path`, which no other process holds then. Work of this process takes turns, so
 * that a call from within `body` for the same file never ends. A lock of a process that no longer runs is taken over.
 *
 * @param body Gets true if the lock is held, false only for work that reads.
 * @throws {Error} If another process holds it for longer than `wait`; names that process.
 * @throws {Error} If the lock cannot be written; names its folder.
 */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  body: (isHeld: boolean) => Promise<T>,
): Promise<T> {
  requireKnownOptions("lock a file", options, lockOptions);
  const before = turns.get(path) ?? Promise.resolve();
  const turn = before.then(async () => {
    options.signal?.throwIfAborted();
    const token = await acquire(path, options);
    try {
      return await body(token !== undefined);
    } finally {
      const isOwn = token !== undefined && (await readHolder(path))?.token === token;
      if (isOwn) await rm(path, { force: true });
    }
  });
  const done = turn.catch(() => {});
  turns.set(path, done);
  try {
    return await turn;
  } finally {
    if (turns.get(path) === done) turns.delete(path);
  }
}

/** Takes the lock and returns its token; undefined for work that only reads, where no lock can be written. */
async function acquire(path: string, options: LockOptions): Promise<string | undefined> {
  try {
    return await take(path, options);
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    const { [code]: what = cause.message } = OBSTACLES;
    if (options.readsOnly && DENIED.includes(code)) return undefined;
    throw new Error(`Cannot lock ${options.what}: in the folder "${dirname(path)}" ${what}`, { cause });
  }
}

/** Takes the lock and returns its token. */
async function take(
  path: string,
  { what, holder, wait = LOCK_WAIT, advice = WAIT_LONGER, say, signal }: LockOptions,
): Promise<string> {
  const token = randomBytes(8).toString("hex");
  const since = new Date().toISOString();
  const own: Holder = { pid: processId, host: hostname(), started: startOf(processId), holder, since, token };
  const temporary = `${path}.${token}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, `${JSON.stringify(own)}\n`);
    const until = Date.now() + wait * 1000;
    for (let said = false; ; ) {
      if (await create(temporary, path)) return token;
      const other = await readHolder(path);
      if (other === undefined) continue;
      if (isGone(other)) {
        await takeOver(path);
        continue;
      }
      if (Date.now() >= until) throw new Error(`Cannot use ${what}: ${inUse(other)}; ${remedy(other, path, advice)}`);
      if (!said) say?.(`waiting up to ${wait} s for ${what}: ${inUse(other)}`);
      said = true;
      await sleep(POLL_MS, undefined, signal ? { signal } : {}).catch((error) => {
        signal?.throwIfAborted();
        throw error;
      });
    }
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Creates the lock with its content at once; returns false if there is one. */
async function create(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Reads who holds a lock; undefined if nobody does. A file that is no lock has a holder that is gone. */
async function readHolder(path: string): Promise<Holder | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const found: unknown = JSON.parse(text);
    if (isHolder(found)) return found;
  } catch {
    // It is no lock.
  }
  return { pid: 0, host: hostname(), started: null, holder: "", since: "", token: "" };
}

function isHolder(found: unknown): found is Holder {
  if (typeof found !== "object" || found === null) return false;
  const { pid, started, ...texts } = {
    pid: null,
    started: null,
    host: null,
    holder: null,
    since: null,
    token: null,
    ...found,
  };
  const isText = (value: unknown) => typeof value === "string";
  return Number.isInteger(pid) && (started === null || isText(started)) && Object.values(texts).every(isText);
}

/** True if the process of a lock has ended: it no longer runs, or another one has its id. */
function isGone({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return false;
  return !(pid > 0) || !isProcessRunning(pid) || (started !== null && startOf(pid) !== started);
}

/** Returns the start of a process in ticks since that of the system; null where the system does not say. */
function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold blanks. The start is field 22.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/** Removes a lock whose process is gone. One process at a time looks again before it removes, so none removes a new lock. */
async function takeOver(path: string): Promise<void> {
  const guard = `${path}.takeover`;
  try {
    await mkdir(guard);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const { mtimeMs } = await stat(guard).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > TAKEOVER_MS) await rmdir(guard).catch(() => {});
    await sleep(POLL_MS);
    return;
  }
  try {
    const holder = await readHolder(path);
    if (holder && isGone(holder)) await rm(path, { force: true });
  } finally {
    await rmdir(guard).catch(() => {});
  }
}

function inUse({ holder, pid, host, since }: Holder): string {
  const where = host === hostname() ? "" : ` on ${host}`;
  return `${holder} uses it (process ${pid}${where}, since ${since.slice(0, 19).replace("T", " ")} UTC)`;
}

function remedy({ host }: Holder, path: string, advice: string): string {
  return host === hostname() ? advice : `${advice}; if that process is gone, delete "${path}"`;
}
