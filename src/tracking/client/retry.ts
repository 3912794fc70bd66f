import { TrackingError } from "./errors.js";

/** Number and delays of retries. */
export interface RetryPolicy {
  /** Attempts after the first. */
  readonly retries: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Uniform draws from [0, 1) for the jitter. */
  readonly random: () => number;
  /** Longest time of all attempts and pauses together. */
  readonly timeoutMs: number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 120_000;
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

/** An attempt that failed, and how long the server asked to wait. */
export interface FailedAttempt {
  readonly error: TrackingError;
  readonly retryAfterMs?: number | undefined;
}

/** Returns true for a status after which a retry may succeed. */
export function isTransient(status: number): boolean {
  return TRANSIENT.has(status);
}

/**
 * Returns the milliseconds before attempt `attempt` + 1: 0.5 s doubled each time up to 30 s, less a random part of up
 * to half, so that clients do not retry together; at least the server's Retry-After, up to two minutes.
 */
export function retryDelay(
  attempt: number,
  { random, retryAfterMs = 0 }: { random: () => number; retryAfterMs?: number },
) {
  const backoff = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS) * (1 - random() / 2);
  return Math.max(backoff, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
}

/** Parses a Retry-After header, seconds or a date, into milliseconds from `now`. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return milliseconds > 0 ? milliseconds : undefined;
}

/**
 * Runs `attempt`, which gets the time that is left, until it returns a value or may not be repeated.
 *
 * @param repeatable False for a request that would take effect twice: it is repeated only if the server surely
 * did not take it.
 */
export async function withRetries<T>(
  attempt: (leftMs: number) => Promise<{ readonly value: T } | FailedAttempt>,
  { repeatable, retries, sleep, random, timeoutMs }: RetryPolicy & { repeatable: boolean },
): Promise<T> {
  const left = countdown(timeoutMs);
  for (let i = 0; ; ++i) {
    const outcome = await attempt(left());
    if ("value" in outcome) return outcome.value;
    const { error, retryAfterMs = 0 } = outcome;
    const mayRepeat = error.kind === "unavailable" || (error.kind === "ambiguous" && repeatable);
    const delay = retryDelay(i, { random, retryAfterMs });
    if (!mayRepeat || i >= retries || delay >= left()) throw error;
    await sleep(delay);
  }
}

/**
 * Creates something without a unique name only once: after a lost answer `find` looks for our key, and `create` is
 * called again only if it finds nothing.
 */
export async function createOnce<T>(
  create: () => Promise<T>,
  { find, retries, sleep, random, timeoutMs }: RetryPolicy & { find: () => Promise<T | undefined> },
): Promise<T> {
  const left = countdown(timeoutMs);
  for (let i = 0; ; ++i) {
    try {
      return await create();
    } catch (error) {
      const delay = retryDelay(i, { random });
      const isUnknown = error instanceof TrackingError && error.kind === "ambiguous";
      if (!isUnknown || i >= retries || delay >= left()) throw error;
      // The server may still be at work on the lost request: wait before looking.
      await sleep(delay);
      const found = await find();
      if (found !== undefined) return found;
    }
  }
}

/** Returns a function that gives the milliseconds left of `timeoutMs`. */
function countdown(timeoutMs: number): () => number {
  const start = performance.now();
  return () => timeoutMs - (performance.now() - start);
}
