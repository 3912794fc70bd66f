import { messageOf } from "../../errors.js";
import type { MlflowClient } from "../client/client.js";
import { isLoss, TrackingError } from "../client/errors.js";
import type { Warn } from "../client/limits.js";
import { type Carrier, deliver, type Shipment } from "./delivery.js";
import { appendToJournal, closeJournal, journalPath, type Receipt, type RunEvent, snapshotFolder } from "./journal.js";
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
  /** Forgets a run and its journal. */
  discard(run: LiveRun): Promise<void>;
}

/** Pause before a lost server is tried again, in milliseconds. */
const PAUSE_MS = 30_000;

/** Creates the one queue of a tracker: all its runs share the connection and are sent one after the other. */
export function createDispatch({
  client,
  queueFolder,
  now,
  warn,
}: {
  client: MlflowClient | undefined;
  queueFolder: string;
  now: () => number;
  warn: Warn;
}): Dispatch {
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
    if (link === "down") return;
    link = "down";
    const fate = canWrite
      ? `the run is queued in "${queueFolder}"; send it with npx rekindle mlflow sync`
      : "further entries are kept in memory only";
    warn(`${reason}; ${fate}`);
  }

  async function isUp({ trackingUri, probe }: MlflowClient, insist: boolean): Promise<boolean> {
    if (link === "up") return true;
    if (link === "down" && !insist && now() < nextTry) return false;
    const answerer = await probe();
    if (answerer !== "MLflow") {
      const isOther = answerer === "something else";
      lose(isOther ? `The server at ${trackingUri} is not MLflow` : `MLflow at ${trackingUri} does not answer`);
      return false;
    }
    if (link === "down") warn(`MLflow at ${trackingUri} answers again; queued entries are sent`);
    link = "up";
    return true;
  }

  function carrierOf(run: LiveRun, client: MlflowClient): Carrier {
    return {
      client,
      runIdOf: async (key, experimentId) =>
        runs.get(key)?.shipment.runId ?? (await client.runs.findByKey([experimentId], key))?.runId,
      fileOf: (artifact) => findSnapshot(snapshotFolder(queueFolder, run.shipment.key), artifact),
      receipt: (receipt) => (writing = writing.then(() => write(run, receipt))),
      problem: (message) => {
        run.hasProblems = true;
        warn(`Run "${run.name}": one entry was dropped. ${message}`);
      },
    };
  }

  async function sendAll(insist: boolean): Promise<void> {
    isAwake = false;
    if (client === undefined) {
      lose("MLflow is not running");
      return;
    }
    for (const run of runs.values()) {
      const { shipment } = run;
      if (run.refusal !== undefined) continue;
      if (shipment.settled < shipment.events.length) {
        if (!(await isUp(client, insist))) return;
        try {
          await deliver(shipment, carrierOf(run, client));
        } catch (error) {
          const isRefusal = error instanceof TrackingError && error.kind === "rejected";
          if (isLoss(error) && !(run.isOpening && isRefusal)) {
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
    await writing;
    await closeJournal(journalPath(queueFolder, run.shipment.key), run.hasProblems && canWrite).catch(() => {
      // A journal that could not be written may not be there to be removed; one that stays is settled.
    });
    // Its id stays known to runs nested in it that are still to be sent.
    if (![...runs.values()].some(({ shipment }) => parentOf(shipment) === run.shipment.key)) {
      runs.delete(run.shipment.key);
    }
  }

  function send({ insist = false } = {}): Promise<void> {
    const sent = sending.then(() => sendAll(insist));
    sending = sent.catch(() => {});
    return sent;
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
      if (isAwake) return;
      isAwake = true;
      send().catch((error: unknown) => warn(`The queue in "${queueFolder}" was not sent. ${messageOf(error)}`));
    },
    discard: async (run) => {
      runs.delete(run.shipment.key);
      await writing;
      await closeJournal(journalPath(queueFolder, run.shipment.key), false);
    },
  };
}

function parentOf({ events: [start] }: Shipment): string | undefined {
  return start?.type === "start" ? start.parent : undefined;
}
