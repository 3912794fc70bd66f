import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { requireKnownOptions } from "../../errors.js";
import { withLock } from "../../storage/index.js";
import { DAY_MS } from "../../text/index.js";
import type { MlflowClient } from "../client/client.js";
import { isLoss, TrackingError } from "../client/errors.js";
import type { Warn } from "../client/limits.js";
import { BYTES_PER_MS } from "../client/request.js";
import { deliver, type Shipment } from "./delivery.js";
import { RUN_TIMEOUT_MS } from "./dispatch.js";
import { appendToJournal, closeJournal, type QueuedRun, readQueue, repairJournal, snapshotFolder } from "./journal.js";
import { findSnapshot } from "./snapshots.js";

/** Result of sending one queued run. */
export interface SyncedRun {
  readonly key: string;
  readonly experiment: string;
  readonly runName: string;
  /** MLflow's id; absent if the server refused the run. */
  readonly runId: string | undefined;
  /** Events sent now. */
  readonly delivered: number;
  /** Events that still wait. */
  readonly pending: number;
  /** One line for each event that was dropped. */
  readonly problems: readonly string[];
  /** False if the journal has no end: the run continues, or was killed less than `staleAfterMs` ago. */
  readonly hasEnded: boolean;
}

/** Options of sending a queue. */
export interface SyncOptions {
  client: MlflowClient;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Receives one line for each entry that could not be sent. */
  warn: Warn;
  /** A run whose journal has no end and did not grow for so long is ended as KILLED; defaults to a day. */
  staleAfterMs?: number;
  /** Longest time without a sent entry in milliseconds, longer for files by their size; defaults to 30,000. */
  timeoutMs?: number;
  /** Ends the sync with its reason; what was sent by then stays sent. */
  signal?: AbortSignal | undefined;
}

/**
 * Sends the events of the queue that the server does not have, run by run. Delivered runs leave the queue; a second
 * call sends nothing twice. A missing artifact is one line to `warn` and does not hold up the rest.
 *
 * @throws {TrackingError} If the server is lost, or takes nothing for `timeoutMs`; what was sent by then stays sent.
 */
export async function syncQueue(queueFolder: string, options: SyncOptions): Promise<SyncedRun[]> {
  requireKnownOptions("sync the queue", options, {
    client: true,
    now: true,
    warn: true,
    staleAfterMs: true,
    timeoutMs: true,
    signal: true,
  });
  const { client, now, warn, staleAfterMs = DAY_MS, timeoutMs = RUN_TIMEOUT_MS, signal } = options;
  signal?.throwIfAborted();
  if ((await readQueue(queueFolder)).length === 0) return [];
  // Two at once could both find a run missing and both create it.
  const lock = { what: "the queue of MLflow", holder: "a sync", wait: 0, advice: "try again when it has ended" };
  return withLock(join(queueFolder, "sync.lock"), lock, async () => {
    // Read again: another sync may have ended in between.
    const queue = await readQueue(queueFolder);
    const runIds = new Map(queue.map(({ key, runId }) => [key, runId]));
    const results: SyncedRun[] = [];
    const watch = watchProgress({ timeoutMs, signal, trackingUri: client.trackingUri });
    const ended = client.endedBy(watch.signal);
    try {
      for (const queued of queue) {
        const isStale = now() - queued.modifiedAt > staleAfterMs;
        const synced = await syncRun(queued, { client: ended, watch, warn, runIds, isStale });
        runIds.set(synced.key, synced.runId);
        results.push(synced);
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      watch.stop();
    }
    return results;
  });
}

interface Task {
  readonly client: MlflowClient;
  readonly watch: ProgressWatch;
  readonly warn: Warn;
  readonly runIds: ReadonlyMap<string, string | undefined>;
  readonly isStale: boolean;
}

async function syncRun(queued: QueuedRun, { client, watch, warn, runIds, isStale }: Task): Promise<SyncedRun> {
  const { key, path } = queued;
  const [start] = queued.events;
  if (start?.type !== "start") return unstarted(queued, warn);
  const { experiment, runName } = start;
  await repairJournal(path);

  const events = [...queued.events];
  if (events.at(-1)?.type !== "end" && isStale) {
    const end = { type: "end", status: "KILLED", endTime: Math.trunc(queued.modifiedAt) } as const;
    await appendToJournal(path, end);
    events.push(end);
  }

  const { settled, runId } = queued;
  const shipment: Shipment = {
    key,
    events,
    settled,
    runId,
    experimentId: undefined,
    artifactUri: undefined,
    models: new Map(),
  };
  const problems: string[] = [];
  let refusals = 0;
  try {
    await deliver(shipment, {
      client,
      runIdOf: async (parent, experimentId) =>
        runIds.get(parent) ?? (await client.runs.findByKey([experimentId], parent))?.runId,
      fileOf: async (artifact) => {
        const file = await findSnapshot(snapshotFolder(dirname(path), key), artifact);
        // The upload says in plain words that a file is missing.
        const size = await stat(file).then(
          (found) => found.size,
          () => 0,
        );
        watch.renew(size / BYTES_PER_MS);
        return file;
      },
      receipt: (receipt) => {
        watch.renew();
        return appendToJournal(path, receipt);
      },
      problem: (message) => {
        problems.push(message);
        warn(`Run "${runName}": one entry was dropped. ${message}`);
      },
    });
  } catch (error) {
    if (!(error instanceof TrackingError) || isLoss(error)) throw error;
    refusals = 1;
    problems.push(error.message);
    warn(`Run "${runName}" stays in the queue. ${error.message}`);
  }

  const hasEnded = events.at(-1)?.type === "end";
  const pending = events.length - shipment.settled;
  if (hasEnded && pending === 0) await closeJournal(path, problems.length + queued.problems.length > 0);
  const delivered = shipment.settled - settled - (problems.length - refusals);
  return { key, experiment, runName, runId: shipment.runId, delivered, pending, problems, hasEnded };
}

/** Ends a sync without progress. */
interface ProgressWatch {
  /** Aborted with a loss, so that no entry on its way is dropped. */
  readonly signal: AbortSignal;
  /** Gives the whole time again, and more. */
  readonly renew: (extraMs?: number) => void;
  readonly stop: () => void;
}

function watchProgress({
  timeoutMs,
  signal,
  trackingUri,
}: {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly trackingUri: string;
}): ProgressWatch {
  const controller = new AbortController();
  const lose = (reason: string) => controller.abort(new TrackingError(reason, { kind: "ambiguous", endpoint: "" }));
  const end = () =>
    lose(
      `Cannot sync: MLflow at ${trackingUri} took nothing for ${timeoutMs / 1000} s; the rest stays in the queue, try again later`,
    );
  const abort = () => lose("Cannot sync: it was interrupted");
  let timer = setTimeout(end, timeoutMs);
  signal?.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    renew: (extraMs = 0) => {
      clearTimeout(timer);
      timer = setTimeout(end, timeoutMs + extraMs);
    },
    stop: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}

/** A run whose start cannot be read stays in the queue. */
function unstarted({ key, path, runId, events }: QueuedRun, warn: Warn): SyncedRun {
  const why = events[0]?.type === "unreadable" ? events[0].problem : `Cannot read "${path}": it begins with no start`;
  warn(`One run stays in the queue. ${why}; correct the line, or delete the file`);
  const unknown = { experiment: "", runName: "", runId, delivered: 0, hasEnded: false };
  return { key, ...unknown, pending: events.length, problems: [why] };
}
