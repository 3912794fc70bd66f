import { messageOf } from "../../errors.js";
import type { MlflowClient } from "../client/client.js";
import { isLoss, TrackingError } from "../client/errors.js";
import type { Warn } from "../client/limits.js";
import { type Carrier, deliver, type Shipment } from "./delivery.js";
import { appendToJournal, closeJournal, journalPath, snapshotFolder } from "./journal.js";
import { createPatience } from "./patience.js";
import type { Receipt, RunEvent } from "./run-event.js";
import { type ContentDigest, digestOf, findSnapshot, snapshotBytes, snapshotFile } from "./snapshots.js";

/** A run of this process: its events, on disk and on their way. */
export interface LiveRun {
  readonly name: string;
  readonly shipment: Shipment & { readonly events: RunEvent[] };
  /** True while the caller waits for the start of a run without a parent: only then is a refusal thrown. */
  isOpening: boolean;
  /** Error of a server that refused the run itself. */
  refusal: Error | undefined;
  hasProblems: boolean;
}

/** Writes events to their journals, then sends them; made by {@link createDispatch}. */
export interface Dispatch {
  open(key: string, name: string): LiveRun;
  /** Appends an event to the run's journal. */
  record(run: LiveRun, event: RunEvent): Promise<void>;
  /** Keeps the present content of a file until the run is sent. */
  snapshot(run: LiveRun, file: string): Promise<ContentDigest>;
  /** Keeps content that is in no file yet, and says where. */
  snapshotBytes(run: LiveRun, content: Uint8Array | string): Promise<ContentDigest & { readonly file: string }>;
  /** Sends waiting events. `insist` tries a lost server again at once. */
  send(options?: { insist?: boolean }): Promise<void>;
  /** Sends waiting events in the background, in few requests. */
  wake(): void;
  /** Says, for the end of the work, that runs wait on disk since no server was running; undefined if none do. */
  waiting(): string | undefined;
  /** Forgets a run and its journal. */
  discard(run: LiveRun): Promise<void>;
}

/** Longest time that a run waits for the server in all, in milliseconds. */
export const RUN_TIMEOUT_MS = 30_000;

/** Pause before a lost server is tried again, in milliseconds. */
const PAUSE_MS = 30_000;

/**
 * Creates the one queue of a tracker: all its runs share the connection and are sent one after the other. Once its
 * callers have waited for `timeoutMs` without one run arriving whole, requests end and the rest stays queued.
 */
export function createDispatch({
  client,
  queueFolder,
  now,
  warn,
  timeoutMs,
}: {
  client: MlflowClient | undefined;
  queueFolder: string;
  now: () => number;
  warn: Warn;
  timeoutMs: number;
}): Dispatch {
  const stop = new AbortController();
  const server = client?.endedBy(stop.signal);
  const patience = createPatience(timeoutMs);
  const runs = new Map<string, LiveRun>();
  let link: "unknown" | "up" | "down" = "unknown";
  let nextTry = 0;
  let writing = Promise.resolve();
  let sending = Promise.resolve();
  let canWrite = true;
  let isAwake = false;

  const write = (run: LiveRun, entry: RunEvent | Receipt) =>
    canWrite
      ? appendToJournal(journalPath(queueFolder, run.shipment.key), entry).catch((error: unknown) => {
          canWrite = false;
          warn(
            `Cannot queue run "${run.name}" in "${queueFolder}": ${messageOf(error)}; its entries are sent but not stored`,
          );
        })
      : Promise.resolve();

  function lose(reason: string): void {
    nextTry = now() + PAUSE_MS;
    if (link === "down" || stop.signal.aborted) return;
    link = "down";
    const fate = canWrite
      ? `the run is queued in "${queueFolder}"; send it with npx rekindle mlflow sync`
      : "further entries are kept in memory only";
    warn(`${reason}; ${fate}`);
  }

  function giveUp(): void {
    const reason = `MLflow at ${client?.trackingUri} took more than ${timeoutMs / 1000} s`;
    lose(reason);
    // A loss, so that the entry on its way is not dropped.
    stop.abort(new TrackingError(reason, { kind: "ambiguous", endpoint: "" }));
  }

  /** The server took something: says so if it was lost before. */
  function regain({ trackingUri }: MlflowClient): void {
    if (link === "down") warn(`MLflow at ${trackingUri} answers again; queued entries are sent`);
    link = "up";
  }

  async function mayTry({ trackingUri, probe }: MlflowClient, insist: boolean): Promise<boolean> {
    if (link === "up") return true;
    if (link === "down" && !insist && now() < nextTry) return false;
    const answerer = await probe();
    if (answerer !== "MLflow") {
      const isOther = answerer === "something else";
      lose(isOther ? `The server at ${trackingUri} is not MLflow` : `MLflow at ${trackingUri} does not answer`);
    }
    return answerer === "MLflow";
  }

  function carrierOf(run: LiveRun, client: MlflowClient): Carrier {
    return {
      client,
      runIdOf: async (key, experimentId) =>
        runs.get(key)?.shipment.runId ?? (await client.runs.findByKey([experimentId], key))?.runId,
      fileOf: (artifact) => findSnapshot(snapshotFolder(queueFolder, run.shipment.key), artifact),
      receipt: (receipt) => {
        regain(client);
        writing = writing.then(() => write(run, receipt));
        return writing;
      },
      problem: (message) => {
        run.hasProblems = true;
        warn(`Run "${run.name}": one entry was dropped. ${message}`);
      },
    };
  }

  async function sendAll(insist: boolean): Promise<void> {
    isAwake = false;
    // Said at the end of the work, see `waiting`: that no server was started is no fault.
    if (server === undefined) return;
    for (const run of runs.values()) {
      const { shipment } = run;
      if (stop.signal.aborted) return;
      if (run.refusal !== undefined) continue;
      if (shipment.settled < shipment.events.length) {
        if (!(await mayTry(server, insist))) return;
        try {
          await deliver(shipment, carrierOf(run, server));
        } catch (error) {
          if (stop.signal.aborted) return;
          if (isRefusal(error) ? isLoss(error) && !run.isOpening : error instanceof TrackingError) {
            lose(messageOf(error));
            return;
          }
          run.refusal = error instanceof Error ? error : new Error(messageOf(error));
          if (!run.isOpening) warn(`Run "${run.name}" was not sent and stays in "${queueFolder}". ${messageOf(error)}`);
        }
      }
      if (shipment.settled === shipment.events.length && shipment.events.at(-1)?.type === "end") await close(run);
    }
  }

  async function close(run: LiveRun): Promise<void> {
    patience.renew();
    await writing;
    await closeJournal(journalPath(queueFolder, run.shipment.key), run.hasProblems && canWrite).catch(() => {
      // A journal that could not be written may not be there to be removed; one that stays is settled.
    });
    // Its id stays known to runs nested in it that are still to be sent.
    if (![...runs.values()].some(({ shipment }) => parentOf(shipment) === run.shipment.key)) {
      runs.delete(run.shipment.key);
    }
  }

  function queueSend(insist: boolean): Promise<void> {
    const sent = sending.then(() => sendAll(insist));
    sending = sent.catch(() => {});
    return sent;
  }

  async function send({ insist = false } = {}): Promise<void> {
    const sent = queueSend(insist);
    if (!stop.signal.aborted && !(await patience.outlasts(sent))) giveUp();
  }

  return {
    open: (key, name) => {
      const place = { runId: undefined, experimentId: undefined, artifactUri: undefined };
      const shipment = { key, events: [], settled: 0, ...place, models: new Map() };
      const run: LiveRun = { name, shipment, isOpening: false, refusal: undefined, hasProblems: false };
      runs.set(key, run);
      return run;
    },
    // An event is there to be sent once it is on disk, and events are on disk in the order of the calls.
    record: (run, event) =>
      (writing = writing.then(async () => {
        await write(run, event);
        run.shipment.events.push(event);
      })),
    snapshot: (run, file) =>
      snapshotFile(snapshotFolder(queueFolder, run.shipment.key), file).catch(() => digestOf(file)),
    snapshotBytes: (run, content) => snapshotBytes(snapshotFolder(queueFolder, run.shipment.key), content),
    send,
    wake: () => {
      if (isAwake || stop.signal.aborted) return;
      isAwake = true;
      queueSend(false).catch((error: unknown) =>
        warn(`The queue in "${queueFolder}" was not sent. ${messageOf(error)}`),
      );
    },
    waiting: () => {
      if (client !== undefined || !runs.size) return undefined;
      return canWrite
        ? "MLflow is not running; the run is queued: npx rekindle mlflow starts it, npx rekindle mlflow sync sends the run"
        : "MLflow is not running, and the run could not be queued: npx rekindle mlflow starts it";
    },
    discard: async (run) => {
      runs.delete(run.shipment.key);
      await writing;
      await closeJournal(journalPath(queueFolder, run.shipment.key), false);
    },
  };
}

/** True if MLflow refused the run or the caller; what has no code of MLflow was said by another server. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof TrackingError) || error.kind !== "rejected") return false;
  const { status, code } = error;
  return status === undefined || code !== undefined || status === 401 || status === 403;
}

function parentOf({ events: [start] }: Shipment): string | undefined {
  return start?.type === "start" ? start.parent : undefined;
}
