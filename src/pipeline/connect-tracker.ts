import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../environment.js";
import {
  createMlflowClient,
  createSilentTracker,
  type MlflowClient,
  openTracker,
  type RunContext,
  type Tracker,
} from "../tracking/index.js";

export interface TrackerOptions {
  /** False gives a tracker that records nothing. */
  readonly tracking: boolean;
  readonly context: RunContext;
  readonly now: () => number;
  readonly warn: (line: string) => void;
}

/**
 * The tracker of this installation: at `MLFLOW_TRACKING_URI`, else at the local server that runs now, else one that keeps
 * its runs on disk for `rekindle mlflow sync`.
 */
export async function connectTracker(
  environment: Environment,
  { tracking, context, now, warn }: TrackerOptions,
): Promise<Tracker> {
  if (!tracking) return createSilentTracker();
  const client = await reachableClient(environment, warn);
  if (!client)
    warn("no MLflow server: the run is kept in mlruns/queue, npx rekindle mlflow sync sends it to one later");
  return openTracker({ client, queueFolder: join(environment.workspace.mlruns, "queue"), now, warn, context });
}

/** A client of the server that the environment names, or of the local one; nothing if neither answers. */
export async function reachableClient(
  { mlflow, workspace }: Environment,
  warn: (line: string) => void,
): Promise<MlflowClient | undefined> {
  const trackingUri = mlflow.trackingUri ?? localServer(workspace.mlruns);
  if (!trackingUri) return undefined;
  const { token, username, password } = mlflow;
  const auth =
    username && password
      ? ({ kind: "basic", username, password } as const)
      : token
        ? ({ kind: "bearer", token } as const)
        : undefined;
  const client = createMlflowClient({ trackingUri, auth, warn });
  if (await client.isReachable()) return client;
  if (mlflow.trackingUri) warn(`no MLflow server answers at ${trackingUri}`);
  return undefined;
}

/** The address that the server started here has written down. */
function localServer(mlruns: string): string | undefined {
  const path = join(mlruns, "server.json");
  if (!existsSync(path)) return undefined;
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as { uri?: string }).uri;
  } catch {
    return undefined;
  }
}
