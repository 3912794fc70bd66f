import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
  return openTracker({ client, queueFolder: join(environment.workspace.mlruns, "queue"), now, warn, context });
}

/** Returns a client of the server that the environment names, or of the local one; undefined if neither is known. */
export function trackingClient(
  { mlflow, workspace }: Environment,
  warn: (line: string) => void,
): MlflowClient | undefined {
  const trackingUri = mlflow.trackingUri ?? localServer(workspace.mlruns);
  return trackingUri === undefined ? undefined : createMlflowClient({ trackingUri, auth: authOf(mlflow), warn });
}

/** The address that the server started here has written down, unless that server was killed. */
function localServer(mlruns: string): string | undefined {
  const path = join(mlruns, "server.json");
  if (!existsSync(path)) return undefined;
  try {
    const { uri, pid } = JSON.parse(readFileSync(path, "utf8")) as { uri?: string; pid?: number };
    return pid !== undefined && isProcessRunning(pid) ? uri : undefined;
  } catch {
    return undefined;
  }
}
