import { assertUnreachable, messageOf } from "../../errors.js";
import type { MlflowClient } from "../client/client.js";
import { isLoss, TrackingError } from "../client/errors.js";
import { fromWireNumber } from "../client/wire.js";
import type { FileSnapshot, Receipt, RunEvent } from "./run-event.js";
import { type SentModel, sendModel } from "./send-model.js";

/** State of a run that is being sent; changes as events are taken. */
export interface Shipment {
  readonly key: string;
  readonly events: readonly RunEvent[];
  /** Number of events that need not be sent again. */
  settled: number;
  runId: string | undefined;
  experimentId: string | undefined;
  artifactUri: string | undefined;
  /** Models that the server has, by the keys of their events. */
  readonly models: Map<string, SentModel>;
}

/** Connections of a shipment: server, files and receipts. */
export interface Carrier {
  readonly client: MlflowClient;
  /** MLflow's id of another run of the queue, by its key. */
  readonly runIdOf: (key: string, experimentId: string) => Promise<string | undefined>;
  /** The file that holds what an artifact held when it was logged. */
  readonly fileOf: (artifact: FileSnapshot) => Promise<string>;
  /** Keeps what the server took. */
  readonly receipt: (receipt: Receipt) => Promise<void>;
  /** Reports an event that was dropped. */
  readonly problem: (message: string) => void;
}

/**
 * Sends the events that are not settled, in order, and keeps a receipt after each request. An event that the server
 * refuses for good is dropped and reported as a problem; the rest is sent.
 *
 * Sending twice changes nothing: a run is found by its key, points of a metric that agree are one point, and the
 * other writes set what they set before.
 *
 * @throws {TrackingError} If the server is lost, or refuses the run itself.
 */
export async function deliver(shipment: Shipment, carrier: Carrier): Promise<void> {
  while (shipment.settled < shipment.events.length) {
    const from = shipment.settled;
    const to = endOfGroup(shipment.events, from);
    const problem = await attempt(shipment, shipment.events.slice(from, to), carrier);
    if (problem === undefined) await settle(shipment, to, carrier);
    else if (to - from === 1) await drop(shipment, to, problem, carrier);
    else {
      // One of several was refused: send them one by one, so that only that one is dropped.
      for (let i = from; i < to; ++i) {
        const own = await attempt(shipment, shipment.events.slice(i, i + 1), carrier);
        if (own === undefined) await settle(shipment, i + 1, carrier);
        else await drop(shipment, i + 1, own, carrier);
      }
    }
  }
}

async function attempt(shipment: Shipment, group: readonly RunEvent[], carrier: Carrier): Promise<string | undefined> {
  try {
    await send(shipment, group, carrier);
    return undefined;
  } catch (error) {
    // After an abort the error is the caller's own: the entry was not refused.
    const isEnded = carrier.client.signal?.aborted ?? false;
    if (isEnded || isLoss(error) || group[0]?.type === "start") throw error;
    return messageOf(error);
  }
}

async function settle(shipment: Shipment, settled: number, { receipt }: Carrier): Promise<void> {
  shipment.settled = settled;
  await receipt({ settled, ...(shipment.runId === undefined ? {} : { runId: shipment.runId }) });
}

async function drop(shipment: Shipment, settled: number, problem: string, carrier: Carrier): Promise<void> {
  shipment.settled = settled;
  carrier.problem(problem);
  await carrier.receipt({ settled, problem });
}

/**
 * Returns the end of a group of events for one request: neighbouring params, metrics and tags, unless a param or tag
 * key repeats.
 */
function endOfGroup(events: readonly RunEvent[], from: number): number {
  const seen = new Set<string>();
  let to = from;
  for (; to < events.length; ++to) {
    const event = events[to];
    if (event.type === "metrics") continue;
    if (event.type !== "params" && event.type !== "tags") break;
    const keys = Object.keys(event.type === "params" ? event.params : event.tags).map((key) => `${event.type}/${key}`);
    if (keys.some((key) => seen.has(key))) break;
    for (const key of keys) seen.add(key);
  }
  return Math.max(to, from + 1);
}

async function send(shipment: Shipment, group: readonly RunEvent[], carrier: Carrier): Promise<void> {
  const { client } = carrier;
  const event = group[0];
  if (event.type === "start") return start(shipment, event, carrier);
  const runId = shipment.runId;
  if (runId === undefined)
    throw new TypeError(
      `Cannot send the log of run "${shipment.key}": its start is missing; delete the folder of the run and run the stage again`,
    );
  switch (event.type) {
    case "params":
    case "metrics":
    case "tags":
      return client.runs.logBatch(runId, {
        params: Object.assign({}, ...group.map((one) => (one.type === "params" ? one.params : {}))),
        tags: Object.assign({}, ...group.map((one) => (one.type === "tags" ? one.tags : {}))),
        metrics: group.flatMap((one) =>
          one.type === "metrics" ? one.metrics.map((m) => ({ ...m, value: fromWireNumber(m.value) })) : [],
        ),
      });
    case "dataset":
      return client.runs.logInputs(runId, { datasets: [event.dataset] });
    case "outputs":
      return client.runs.logOutputs(
        runId,
        event.modelIds.map((modelId) => ({ modelId })),
      );
    case "model": {
      shipment.experimentId ??= (await client.runs.get(runId)).experimentId;
      const { experimentId } = shipment;
      const model = await sendModel(event, { client, experimentId, runId, fileOf: carrier.fileOf });
      shipment.models.set(event.key, model);
      return;
    }
    case "artifact":
      return client.artifacts.uploadFile(
        await artifactUriOf(shipment, client, runId),
        await carrier.fileOf(event),
        event.path,
      );
    case "text":
      return client.artifacts.uploadText(await artifactUriOf(shipment, client, runId), event.text, event.path);
    case "end":
      return client.runs.update(runId, { status: event.status, endTime: event.endTime });
    case "unreadable":
      throw new SyntaxError(event.problem);
    default:
      return assertUnreachable(event, "event");
  }
}

async function start(shipment: Shipment, event: RunEvent & { type: "start" }, { client, runIdOf }: Carrier) {
  const { experiment, runName, startTime, tags, parent } = event;
  const experimentId = await client.experiments.getOrCreate(experiment);
  // A start that stands in a journal may have been sent by a sync, or by a process that was killed.
  const found = await client.runs.findByKey([experimentId], shipment.key);
  if (found?.lifecycleStage === "deleted") {
    throw new TrackingError(
      `Cannot send the log of run "${runName}": run ${found.runId} was deleted; restore it in MLflow, then run rekindle mlflow sync`,
      { kind: "rejected", endpoint: "POST runs/search" },
    );
  }
  const parentRunId = parent === undefined ? undefined : await runIdOf(parent, experimentId);
  const run =
    found ??
    (await client.runs.create({
      experimentId,
      runName,
      startTime,
      key: shipment.key,
      tags,
      ...(parentRunId === undefined ? {} : { parentRunId }),
    }));
  shipment.runId = run.runId;
  shipment.experimentId = experimentId;
  shipment.artifactUri = run.artifactUri;
}

async function artifactUriOf(shipment: Shipment, client: MlflowClient, runId: string): Promise<string> {
  shipment.artifactUri ??= (await client.runs.get(runId)).artifactUri;
  return shipment.artifactUri;
}
