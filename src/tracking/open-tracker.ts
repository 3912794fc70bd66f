import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { requireKnownOptions } from "../errors.js";
import { withCard } from "../table/index.js";
import { filesBelow, joined } from "./client/artifacts.js";
import { toWireMetric, type WireMetric } from "./client/batches.js";
import type { MlflowClient } from "./client/client.js";
import { fitPairs, VALUE_LIMITS, type Warn } from "./client/limits.js";
import { fromPairs, toPairs } from "./client/wire.js";
import { toDatasetInput } from "./dataset-input.js";
import { packageFiles } from "./model-package.js";
import { createNames, type NameKind, type Names } from "./names.js";
import { createDispatch, type LiveRun, RUN_TIMEOUT_MS } from "./queue/dispatch.js";
import type { FileSnapshot, RunEvent } from "./queue/run-event.js";
import {
  asText,
  contextOptions,
  type ParamValue,
  type Run,
  type RunContext,
  type RunOptions,
  runOptions,
  type SentModelHandle,
  standardTags,
  type Tracker,
} from "./tracker.js";

/** Options of a tracker. */
export interface OpenTrackerOptions {
  /** Absent if no server is known: runs are then kept for `syncQueue`. */
  client: MlflowClient | undefined;
  /** Folder of the journals until the server has taken them, `mlruns/queue` of the workspace. */
  queueFolder: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Receives one line for a lost server, a cut value or a refused entry. */
  warn: Warn;
  context?: RunContext;
  /**
   * Longest time in milliseconds that `startRun`, `flush` and `end` wait in all until a run has arrived whole; the rest is
   * left to `syncQueue`. Defaults to 30,000.
   */
  timeoutMs?: number;
  /** Makes the keys of runs; defaults to random ones. */
  createKey?: () => string;
}

/**
 * Creates a tracker that records first and sends second: each event of a run is written to `<queueFolder>/<key>.jsonl`
 * before it is sent, and a lost server never stops the run.
 *
 * `startRun` throws only if the server answers and refuses the run or the caller.
 *
 * @example
 * const client = createMlflowClient({ trackingUri: "http://127.0.0.1:5000" });
 * const tracker = openTracker({ client, queueFolder: "mlruns/queue", now: Date.now, warn: console.error });
 */
export function openTracker(options: OpenTrackerOptions): Tracker {
  requireKnownOptions("open a tracker", options, {
    client: true,
    queueFolder: true,
    now: true,
    warn: true,
    context: true,
    timeoutMs: true,
    createKey: true,
  });
  const { client, queueFolder, now, warn, context = {}, timeoutMs = RUN_TIMEOUT_MS } = options;
  const { createKey = () => randomUUID().replaceAll("-", "") } = options;
  requireKnownOptions("open a tracker", context, contextOptions);
  const dispatch = createDispatch({ client, queueFolder, now, warn, timeoutMs });

  async function start(experiment: string, runName: string, options: RunOptions, parent?: string) {
    requireKnownOptions("start a run", options, runOptions);
    const { tags = {}, note } = options;
    const names = createNames();
    const all = fitted("tag", { ...standardTags(context, note), ...asText(tags) }, { names, runName });
    const live = dispatch.open(createKey(), runName);
    live.isOpening = parent === undefined;
    const event = { type: "start", experiment, runName, startTime: now(), tags: all } as const;
    await dispatch.record(live, parent === undefined ? event : { ...event, parent });
    await dispatch.send();
    if (live.isOpening && live.refusal !== undefined) {
      await dispatch.discard(live);
      throw live.refusal;
    }
    live.isOpening = false;
    return createRun(live, experiment, { startTags: all, names, isNested: parent !== undefined });
  }

  function fitted(
    kind: "param" | "tag",
    record: Readonly<Record<string, ParamValue>>,
    place: NamePlace,
  ): Record<string, string> {
    const pairs = toPairs(asText(renamed(kind, record, place)));
    return fromPairs(fitPairs(kind, pairs, { limit: VALUE_LIMITS[kind], warn }));
  }

  /** Returns the names that MLflow takes, in order; one line names those that differ. */
  function loggedNames(kind: NameKind, given: readonly string[], { names, runName }: NamePlace): string[] {
    const { logged, changed } = names.map(kind, given);
    if (changed.length > 0) {
      const shown = changed.map(([name, allowed]) => `"${name}" is "${allowed}"`);
      warn(`Run "${runName}": MLflow does not allow the name of each ${kind}, ${firstThree(shown)}`);
    }
    return logged;
  }

  /** Returns the record under the names that MLflow takes. */
  function renamed<T>(kind: NameKind, record: Readonly<Record<string, T>>, place: NamePlace) {
    const logged = loggedNames(kind, Object.keys(record), place);
    return Object.fromEntries(Object.values(record).map((value, i): [string, T] => [logged[i], value]));
  }

  /** Returns the points with a finite value; one line names the others. */
  function finite(metrics: readonly WireMetric[], runName: string): WireMetric[] {
    const dropped = metrics.filter(({ value }) => !Number.isFinite(value));
    const first = new Map(dropped.toReversed().map((metric) => [metric.key, metric.value]));
    if (first.size > 0) {
      const shown = [...first].reverse().map(([key, value]) => `"${key}" is ${value}`);
      warn(`Run "${runName}": metrics without a finite value are not logged, ${firstThree(shown)}`);
    }
    return metrics.filter(({ value }) => Number.isFinite(value));
  }

  function createRun(
    live: LiveRun,
    experiment: string,
    { startTags, names, isNested }: { startTags: Readonly<Record<string, string>>; names: Names; isNested: boolean },
  ): Run {
    const { shipment, name } = live;
    const params = new Map<string, string>();
    const tags = new Set(Object.keys(startTags));
    const place = { names, runName: name };
    let hasEnded = false;

    const requireOpen = () => {
      if (hasEnded) throw new Error(`Cannot log to run "${name}": it has ended; start a new run`);
    };
    const log = async (...events: readonly RunEvent[]) => {
      requireOpen();
      await Promise.all(events.map((event) => dispatch.record(live, event)));
      dispatch.wake();
    };

    const artifactPaths = (paths: readonly string[]): string[] => {
      for (const path of paths) requireInside(path);
      return loggedNames("artifact", paths, place);
    };
    const artifact = async (file: string, path: string) => {
      requireOpen();
      return { type: "artifact", file: resolve(file), path, ...(await dispatch.snapshot(live, file)) } as const;
    };

    const run: Run = {
      key: shipment.key,
      get id() {
        return shipment.runId;
      },
      get experimentId() {
        return shipment.experimentId;
      },
      get url() {
        const { experimentId, runId } = shipment;
        if (client === undefined || runId === undefined) return undefined;
        // Without the query MLflow opens its pages for language models.
        return `${client.trackingUri}/#/experiments/${experimentId}/runs/${runId}?workflowType=machine_learning`;
      },
      logParams: async (record) => {
        const added: Record<string, string> = {};
        for (const [key, value] of Object.entries(fitted("param", record, place))) {
          const old = params.get(key);
          if (old === undefined) added[key] = value;
          else if (old !== value) {
            throw new RangeError(
              `Cannot change param "${key}" of run "${name}": it is "${old}" and would become "${value}"; use a nested run for other values`,
            );
          }
        }
        for (const [key, value] of Object.entries(added)) params.set(key, value);
        if (Object.keys(added).length > 0) await log({ type: "params", params: added });
      },
      logMetrics: async (record, options = {}) => {
        requireKnownOptions("log metrics", options, { step: true });
        const { step = 0 } = options;
        const timestamp = now();
        const points = Object.entries(renamed("metric", record, place));
        const metrics = finite(
          points.map(([key, value]) => toWireMetric({ key, value, timestamp, step })),
          name,
        );
        if (metrics.length > 0) await log({ type: "metrics", metrics });
      },
      logSeries: async (series) => {
        const timestamp = now();
        const points = Object.entries(renamed("metric", series, place)).flatMap(([key, values]) =>
          Array.from(values, (value, step) => toWireMetric({ key, value, timestamp, step })),
        );
        const metrics = finite(points, name);
        if (metrics.length > 0) await log({ type: "metrics", metrics });
      },
      setTags: async (record) => {
        const added = fitted("tag", record, place);
        for (const key of Object.keys(added)) tags.add(key);
        if (Object.keys(added).length > 0) await log({ type: "tags", tags: added });
      },
      logDataset: async (dataset) => {
        const input = toDatasetInput(dataset, { warn });
        await log({ type: "dataset", dataset: input });
        if (!tags.has("dataset_sha256")) await run.setTags({ dataset_sha256: dataset.digestSha256 });
      },
      logModel: async (model, options = {}) => {
        requireKnownOptions("log a model", options, { name: true, registerAs: true, aliases: true });
        const { name: modelName = "model", registerAs, aliases = [] } = options;
        requireOpen();
        if (aliases.length > 0 && registerAs === undefined) {
          throw new RangeError(
            `Cannot log model "${modelName}": the alias "${aliases[0]}" has no registered name; set registerAs`,
          );
        }
        const files: FileSnapshot[] = [];
        for (const [path, content] of Object.entries(packageFiles(model))) {
          files.push({ path, ...(await dispatch.snapshotBytes(live, content)) });
        }
        const { flavors, signature } = model;
        const key = createKey();
        const facts = { key, name: modelName, flavors, signature, files, aliases, createdAt: now() };
        await log({ type: "model", ...facts, ...(registerAs === undefined ? {} : { registerAs }) });
        const handle: SentModelHandle = {
          get modelId() {
            return shipment.models.get(key)?.modelId;
          },
          get version() {
            return shipment.models.get(key)?.version;
          },
        };
        return withCard(handle, {
          get title() {
            return `Model "${modelName}"${handle.modelId === undefined ? ", not sent yet" : ""}`;
          },
          get facts() {
            return { modelId: handle.modelId, registeredAs: registerAs, version: handle.version };
          },
        });
      },
      logModels: (modelIds) => log({ type: "outputs", modelIds }),
      logArtifact: async (file, artifactFolder = "") => {
        const [path] = artifactPaths([joined(artifactFolder, basename(file))]);
        await requireFile(file, path);
        await log(await artifact(file, path));
      },
      logArtifacts: async (folder, artifactFolder = "", options = {}) => {
        requireKnownOptions("log artifacts", options, { files: true });
        const files = options.files ?? (await filesBelow(folder));
        const paths = artifactPaths(files.map((file) => joined(artifactFolder, file)));
        const events: RunEvent[] = [];
        for (const [i, file] of files.entries()) events.push(await artifact(join(folder, file), paths[i]));
        if (events.length > 0) await log(...events);
      },
      logText: async (path, text) => {
        const [allowed] = artifactPaths([path]);
        await log({ type: "text", path: allowed, text });
      },
      child: (runName, options = {}) => start(experiment, runName, options, shipment.key),
      flush: () => dispatch.send(),
      end: async (status = "FINISHED") => {
        if (hasEnded) return;
        hasEnded = true;
        await dispatch.record(live, { type: "end", status, endTime: now() });
        await dispatch.send({ insist: !isNested });
      },
    };
    return run;
  }

  return {
    startRun: (experiment, runName, options = {}) => start(experiment, runName, options),
    waiting: () => dispatch.waiting(),
  };
}

/** The run whose names are mapped. */
interface NamePlace {
  readonly names: Names;
  readonly runName: string;
}

async function requireFile(file: string, path: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile())
    throw new RangeError(`Cannot log artifact "${path}": there is no file "${file}"; write it before it is logged`);
}

/** Refuses a path that leads out of the run's folder. */
function requireInside(path: string): void {
  if (!path.startsWith("/") && !path.split("/").includes("..")) return;
  throw new RangeError(
    `Cannot use "${path}" as an artifact path: it leads out of the run; use a relative path without ".."`,
  );
}

function firstThree(items: readonly string[]): string {
  return items.slice(0, 3).join(", ") + (items.length > 3 ? ` and ${items.length - 3} more` : "");
}
