import { readdirSync } from "node:fs";
import { platform } from "node:os";
import koffi from "koffi";
import { pause } from "./pause.js";

/** The C functions that a trial needs. */
interface ThreadFunctions {
  readonly create: (thread: [bigint], attributes: null, start: bigint, argument: object) => number;
  readonly join: (thread: bigint, result: null) => number;
  readonly initialize: (semaphore: object, isShared: number, value: number) => number;
  readonly post: (semaphore: object) => number;
  readonly destroy: (semaphore: object) => number;
  /** Address of the function that every thread of a trial runs. */
  readonly wait: bigint;
}

/** Milliseconds until threads that have ended are no longer counted; another may have started meanwhile. */
const LONGEST_WAIT = 50;

/** Bound at the first trial; null where there is nothing to bind. */
let bound: ThreadFunctions | null | undefined;

/**
 * Returns how many of `count` threads this process can start at once: it starts them and lets them end. A trial meets
 * all limits, those of the user, of a container and of memory. Elsewhere than on Linux with glibc, returns `count`.
 */
export function startableThreads(count: number): number {
  bound ??= bind();
  if (!bound) return count;
  const { create, join, initialize, post, destroy, wait } = bound;
  const before = runningThreads();
  // A sem_t has 32 bytes.
  const semaphore = new BigUint64Array(4);
  initialize(semaphore, 0, 0);
  const started: bigint[] = [];
  const thread: [bigint] = [0n];
  while (started.length < count && create(thread, null, wait, semaphore) === 0) started.push(thread[0]);
  for (const _ of started) post(semaphore);
  for (const one of started) join(one, null);
  destroy(semaphore);
  // A joined thread counts until the system has cleared it away, and would then be in the way of those to come.
  for (let wait = 0; wait < LONGEST_WAIT && runningThreads() > before; ++wait) pause(1);
  return started.length;
}

function runningThreads(): number {
  return readdirSync("/proc/self/task").length;
}

function bind(): ThreadFunctions | null {
  if (platform() !== "linux") return null;
  try {
    const library = koffi.load("libpthread.so.0");
    return {
      create: library.func("int pthread_create(_Out_ uint64_t *thread, void *attributes, void *start, void *argument)"),
      join: library.func("int pthread_join(uint64_t thread, void *result)"),
      initialize: library.func("int sem_init(void *semaphore, int is_shared, unsigned int value)"),
      post: library.func("int sem_post(void *semaphore)"),
      destroy: library.func("int sem_destroy(void *semaphore)"),
      wait: library.symbol("sem_wait"),
    };
  } catch {
    return null;
  }
}
