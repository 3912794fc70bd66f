import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson, Type } from "../schema/index.js";
import { type Environment, isProcessRunning } from "../storage/index.js";
import {
  authOf,
  createMlflowClient,
  createSilentTracker,
  type MlflowClient,
  openTracker,
  type RunContext,
  type Tracker,
} from "../tracking/index.js";

/** A day, within the reach of timers. */
const LONGEST_TIMEOUT_S = 86_400;

const serverFile = Type.Object({ uri: Type.String(), pid: Type.Integer() });

/** Options for {@link connectTracker}. */
export interface TrackerOptions {
  /** False gives a tracker that records nothing. */
  readonly tracking: boolean;
  readonly context: RunContext;
  readonly now: () => number;
  readonly warn: (line: string) => void;
}

/**
 * Connects the tracker of this installation: at `MLFLOW_TRACKING_URI`, else at the local server that runs now. While
 * neither answers, runs are kept on disk for `rekindle mlflow sync`.
 */
export function connectTracker(environment: Environment, { tracking, context, now, warn }: TrackerOptions): Tracker {
  if (!tracking) return createSilentTracker();
  const client = trackingClient(environment, warn);
  const queueFolder = join(environment.workspace.mlruns, "queue");
  return openTracker({ client, queueFolder, now, warn, context, ...trackingTimeout(environment) });
}

/** Returns the longest time that MLflow may take in all, if the environment names one. */
export function trackingTimeout({ mlflow }: Environment): { readonly timeoutMs?: number } {
  return limit("REKINDLE_TRACKING_TIMEOUT", mlflow.runTimeout);
}

/**
 * Returns a client of the server that the environment names, or of the local one; undefined if neither is known.
 *
 * @param signal Ends its requests.
 */
export function trackingClient(
  { mlflow, workspace }: Environment,
  warn: (line: string) => void,
  signal?: AbortSignal,
): MlflowClient | undefined {
  const trackingUri = mlflow.trackingUri ?? localServer(workspace.mlruns);
  const timeout = limit("MLFLOW_HTTP_REQUEST_TIMEOUT", mlflow.requestTimeout);
  if (trackingUri === undefined) return undefined;
  return createMlflowClient({ trackingUri, auth: authOf(mlflow), warn, signal, ...timeout });
}

/** Reads a limit in seconds; none if it is not set. */
function limit(variable: string, text: string | undefined): { readonly timeoutMs?: number } {
  if (text === undefined) return {};
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= LONGEST_TIMEOUT_S)) {
    throw new RangeError(
      `Cannot use ${variable}: it is "${text}"; expected seconds, above 0 and at most ${LONGEST_TIMEOUT_S}`,
    );
  }
  return { timeoutMs: seconds * 1000 };
}

/** The address that the server started here has written down, unless that server was killed. */
function localServer(mlruns: string): string | undefined {
  const path = join(mlruns, "server.json");
  if (!existsSync(path)) return undefined;
  try {
    const { uri, pid } = parseJson(serverFile, readFileSync(path, "utf8"), { action: `read "${path}"` });
    return isProcessRunning(pid) ? uri : undefined;
  } catch {
    return undefined;
  }
}
