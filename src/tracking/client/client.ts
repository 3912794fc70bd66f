import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type OptionNames, requireKnownOptions } from "../../errors.js";
import { type ArtifactsClient, createArtifactsClient } from "./artifacts.js";
import { joinedSignal } from "./deadline.js";
import { createExperimentsClient, type ExperimentsClient } from "./experiments.js";
import type { Warn } from "./limits.js";
import { createLoggedModelsClient, type LoggedModelsClient } from "./logged-models.js";
import { createRegisteredModelsClient, type RegisteredModelsClient } from "./registered-models.js";
import { type Answerer, createTransport, type TrackingAuth } from "./request.js";
import { createRunsClient, type RunsClient } from "./runs.js";

/** Typed requests to one MLflow server, grouped as MLflow groups them. */
export interface MlflowClient {
  /** The server's address, without credentials. */
  readonly trackingUri: string;
  /** Ends its requests when it is aborted. */
  readonly signal: AbortSignal | undefined;
  readonly experiments: ExperimentsClient;
  readonly runs: RunsClient;
  readonly artifacts: ArtifactsClient;
  readonly registeredModels: RegisteredModelsClient;
  readonly loggedModels: LoggedModelsClient;
  /** True if an MLflow server answers at the address; tries once, for at most 6 s. */
  isReachable(): Promise<boolean>;
  /** Finds out which server answers at the address; tries once, for at most 6 s. */
  probe(): Promise<Answerer>;
  /** Returns the server's version, for example `3.17.2`. */
  version(): Promise<string>;
  /** Returns a client of the same server whose requests also end when `signal` is aborted. */
  endedBy(signal: AbortSignal): MlflowClient;
}

/** Options of a client. Only the address is required. */
export interface MlflowClientOptions {
  /** For example `http://127.0.0.1:5000`; a user name and password in it are taken as basic auth. */
  trackingUri: string;
  auth?: TrackingAuth | undefined;
  /** Longest time of one request in milliseconds, with its retries and the reading of its answer; defaults to 10,000. */
  timeoutMs?: number;
  /**
   * Longest time of one file up or down in milliseconds; defaults to 600,000. A file up has `timeoutMs` and 10 s more per
   * MB, within this limit.
   */
  transferTimeoutMs?: number;
  /** Attempts after the first, as far as `timeoutMs` allows; defaults to 4, which wait up to 7.5 s in all. */
  retries?: number;
  /** Ends waiting requests. */
  signal?: AbortSignal | undefined;
  /** Receives one line for each value cut to the server's limits; defaults to none. */
  warn?: Warn;
  fetch?: typeof globalThis.fetch;
  sleep?: (milliseconds: number) => Promise<void>;
  /** Draws from [0, 1) for the jitter of retries. */
  random?: () => number;
  /** Milliseconds since 1970, for Retry-After dates. */
  now?: () => number;
  /** Makes the keys by which things are found again after a lost answer. */
  createKey?: () => string;
}

/**
 * Creates a client of the MLflow server at `trackingUri`. Nothing is sent until a request is made.
 *
 * Requests are repeated on 408, 429, 500, 502, 503, 504 and lost connections, with growing pauses, not before
 * the time that Retry-After names, and within `timeoutMs`. What would take effect twice (a new run, logged model or version) is looked for
 * by its key before it is sent again.
 *
 * @throws {RangeError} If the address is not one of http or https.
 *
 * @example
 * const client = createMlflowClient({ trackingUri: "http://127.0.0.1:5000" });
 * const experimentId = await client.experiments.getOrCreate("rekindle/demo");
 * const run = await client.runs.create({ experimentId, runName: "first", startTime: Date.now() });
 * await client.runs.logParam(run.runId, "depth", "3");
 * await client.runs.update(run.runId, { status: "FINISHED", endTime: Date.now() });
 */
export function createMlflowClient(options: MlflowClientOptions): MlflowClient {
  requireKnownOptions("create an MLflow client", options, {
    trackingUri: true,
    auth: true,
    timeoutMs: true,
    transferTimeoutMs: true,
    retries: true,
    signal: true,
    warn: true,
    fetch: true,
    sleep: true,
    random: true,
    now: true,
    createKey: true,
  });
  const {
    trackingUri,
    auth,
    timeoutMs = 10_000,
    transferTimeoutMs = 600_000,
    retries = 4,
    signal,
    warn = () => {},
    fetch = globalThis.fetch,
    sleep = (milliseconds) => pause(milliseconds, signal),
    random = Math.random,
    now = Date.now,
    createKey = () => randomUUID().replaceAll("-", ""),
  } = options;
  if (auth !== undefined) {
    const known = auth.kind === "bearer" ? { kind: true, token: true } : { kind: true, username: true, password: true };
    requireKnownOptions("use these credentials", auth, known as OptionNames<TrackingAuth>);
  }
  const transport = createTransport({
    trackingUri,
    auth,
    fetch,
    sleep,
    random,
    now,
    timeoutMs,
    transferTimeoutMs,
    retries,
    signal,
  });
  return {
    trackingUri: transport.trackingUri,
    signal,
    experiments: createExperimentsClient(transport),
    runs: createRunsClient(transport, { warn, createKey }),
    artifacts: createArtifactsClient(transport),
    registeredModels: createRegisteredModelsClient(transport, { createKey }),
    loggedModels: createLoggedModelsClient(transport, { createKey }),
    isReachable: async () => (await transport.probe()) === "MLflow",
    probe: () => transport.probe(),
    version: () =>
      transport.read({ action: "read the server's version", method: "GET", path: "/version" }, (response) =>
        response.text(),
      ),
    endedBy: (other) =>
      createMlflowClient({ ...options, signal: signal === undefined ? other : joinedSignal(signal, other) }),
  };
}

/** Waits; throws the reason of `signal` when it is aborted. */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    throw signal?.reason ?? error;
  });
}
