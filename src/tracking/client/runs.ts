import { type OptionNames, requireKnownOptions } from "../../errors.js";
import { Type } from "../../schema/index.js";
import { type DatasetInput, type RunRecord, type RunStatus, toRunRecord, wireRun } from "../run-record.js";
import { type Batch, batchesOf, type Metric, toWireMetric } from "./batches.js";
import { TrackingError } from "./errors.js";
import { type SearchOptions, searchOptions, type ViewType } from "./experiments.js";
import { fitPairs, requireKey, VALUE_LIMITS, type Warn } from "./limits.js";
import type { Transport } from "./request.js";
import { createOnce } from "./retry.js";
import { collectPages, fromWireInteger, fromWireNumber, toPairs, wireInteger, wireNumber, wireText } from "./wire.js";

/** The tag by which a run is found again after the answer to its creation was lost. */
export const RUN_KEY_TAG = "rekindle.run_key";

/** Properties of a new run. */
export interface NewRun {
  readonly experimentId: string;
  readonly runName: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  /** A text that no other run of the experiment has; a random one is made if it is left out. */
  readonly key?: string;
  /** The run that this one is nested in. */
  readonly parentRunId?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Metrics, params and tags to log. Params and tags are texts. */
export interface RunData {
  readonly metrics?: readonly Metric[];
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** One point of a metric's history. */
export interface MetricPoint {
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** Requests about runs. */
export interface RunsClient {
  /** Creates a run, once: if the answer is lost the run is looked for by its key before another is made. */
  create(run: NewRun): Promise<RunRecord>;
  /** Returns the run created with this key, active or deleted. */
  findByKey(experimentIds: readonly string[], key: string): Promise<RunRecord | undefined>;
  get(runId: string): Promise<RunRecord>;
  search(experimentIds: readonly string[], options?: SearchOptions & { view?: ViewType }): Promise<RunRecord[]>;
  /** Renames a run or sets its status; a status that ends it needs `endTime`. */
  update(runId: string, changes: { status?: RunStatus; endTime?: number; runName?: string }): Promise<void>;
  delete(runId: string): Promise<void>;
  restore(runId: string): Promise<void>;
  /** Logs any number of metrics, params and tags, in as many requests as the server's limits require. */
  logBatch(runId: string, data: RunData): Promise<void>;
  logMetric(runId: string, metric: Metric): Promise<void>;
  /** @throws {TrackingError} If the param is there with another value; the same value is fine. */
  logParam(runId: string, key: string, value: string): Promise<void>;
  setTag(runId: string, key: string, value: string): Promise<void>;
  deleteTag(runId: string, key: string): Promise<void>;
  metricHistory(runId: string, key: string): Promise<MetricPoint[]>;
  /** Logs the datasets and logged models that the run read. */
  logInputs(runId: string, inputs: { datasets?: readonly DatasetInput[]; modelIds?: readonly string[] }): Promise<void>;
  /** Logs the models that the run made. */
  logOutputs(runId: string, models: readonly { readonly modelId: string; readonly step?: number }[]): Promise<void>;
}

const oneRun = Type.Object({ run: wireRun });
const runPage = Type.Object({ runs: Type.Optional(Type.Array(wireRun)), next_page_token: wireText });
const wirePoint = Type.Object({
  value: wireNumber,
  timestamp: Type.Optional(wireInteger),
  step: Type.Optional(wireInteger),
});
const pointPage = Type.Object({ metrics: Type.Optional(Type.Array(wirePoint)), next_page_token: wireText });

/** Creates the run requests of one server. */
export function createRunsClient(
  { json, policy }: Transport,
  { warn, createKey }: { warn: Warn; createKey: () => string },
): RunsClient {
  const call = (action: string, verb: string, body: object) =>
    ({ action, method: "POST", path: `runs/${verb}`, body }) as const;
  const post = (action: string, verb: string, body: object) => json(call(action, verb, body));
  const done = () => undefined;

  const client: RunsClient = {
    create: async (run) => {
      requireKnownOptions("create a run", run, newRunOptions);
      const { experimentId, runName, startTime, key = createKey(), parentRunId, tags = {} } = run;
      const parent = parentRunId === undefined ? {} : { "mlflow.parentRunId": parentRunId };
      const all = { ...tags, ...parent, "mlflow.runName": runName, [RUN_KEY_TAG]: key };
      const fitted = fitPairs("tag", toPairs(all), { limit: VALUE_LIMITS.tag, warn });
      const body = { experiment_id: experimentId, run_name: runName, start_time: startTime, tags: fitted };
      const once = { ...call(`create run "${runName}"`, "create", body), repeatable: false };
      return createOnce(async () => toRunRecord((await json(once, oneRun)).run), {
        ...policy,
        find: () => client.findByKey([experimentId], key),
      });
    },
    findByKey: async (experimentIds, key) => {
      const filter = `tags.\`${RUN_KEY_TAG}\` = '${key.replaceAll("'", "")}'`;
      return (await client.search(experimentIds, { filter, view: "ALL", maxResults: 1 }))[0];
    },
    get: async (runId) => {
      const read = { action: `read run ${runId}`, method: "GET", path: "runs/get", query: { run_id: runId } } as const;
      return toRunRecord((await json(read, oneRun)).run);
    },
    search: async (experimentIds, options = {}) => {
      requireKnownOptions("search runs", options, { ...searchOptions, view: true });
      const { filter, orderBy, maxResults = 1000, view = "ACTIVE_ONLY" } = options;
      return collectPages(maxResults, async (size, token) => {
        const what = { experiment_ids: experimentIds, filter, order_by: orderBy, run_view_type: view };
        const body = { ...what, max_results: size, page_token: token };
        const answer = await json(call("search runs", "search", body), runPage);
        return { items: answer.runs?.map(toRunRecord), token: answer.next_page_token };
      });
    },
    update: async (runId, changes) => {
      requireKnownOptions("update a run", changes, { status: true, endTime: true, runName: true });
      const { status, endTime, runName } = changes;
      await post(`update run ${runId}`, "update", { run_id: runId, status, end_time: endTime, run_name: runName });
    },
    delete: (runId) => post(`delete run ${runId}`, "delete", { run_id: runId }).then(done),
    restore: (runId) => post(`restore run ${runId}`, "restore", { run_id: runId }).then(done),
    logBatch: async (runId, data) => {
      requireKnownOptions("log to a run", data, { metrics: true, params: true, tags: true });
      const { metrics = [], params = {}, tags = {} } = data;
      for (const metric of metrics) requireMetric(metric);
      const all: Batch = {
        metrics: metrics.map(toWireMetric),
        params: fitPairs("param", toPairs(params), { limit: VALUE_LIMITS.param, warn }),
        tags: fitPairs("tag", toPairs(tags), { limit: VALUE_LIMITS.tag, warn }),
      };
      for (const batch of batchesOf(all)) {
        await post(`log to run ${runId}`, "log-batch", { run_id: runId, ...batch }).catch(explainChangedParam);
      }
    },
    logMetric: (runId, metric) => client.logBatch(runId, { metrics: [metric] }),
    logParam: (runId, key, value) => client.logBatch(runId, { params: { [key]: value } }),
    setTag: (runId, key, value) => client.logBatch(runId, { tags: { [key]: value } }),
    deleteTag: (runId, key) => post(`untag run ${runId}`, "delete-tag", { run_id: runId, key }).then(done),
    metricHistory: (runId, key) =>
      collectPages(
        Number.POSITIVE_INFINITY,
        async (size, token) => {
          const query = { run_id: runId, metric_key: key, max_results: size, page_token: token };
          const action = `read metric "${key}" of run ${runId}`;
          const answer = await json({ action, method: "GET", path: "metrics/get-history", query }, pointPage);
          const items = answer.metrics?.map(({ value, timestamp, step }) => ({
            value: fromWireNumber(value),
            timestamp: fromWireInteger(timestamp),
            step: fromWireInteger(step),
          }));
          return { items, token: answer.next_page_token };
        },
        25_000,
      ),
    logInputs: async (runId, inputs) => {
      requireKnownOptions("log the inputs of a run", inputs, { datasets: true, modelIds: true });
      const { datasets = [], modelIds = [] } = inputs;
      await post(`log the inputs of run ${runId}`, "log-inputs", {
        run_id: runId,
        datasets: datasets.map(toWireDataset),
        models: modelIds.map((id) => ({ model_id: id })),
      });
    },
    logOutputs: async (runId, models) => {
      for (const model of models) requireKnownOptions("log the outputs of a run", model, { modelId: true, step: true });
      await post(`log the outputs of run ${runId}`, "outputs", {
        run_id: runId,
        models: models.map(({ modelId, step = 0 }) => ({ model_id: modelId, step })),
      });
    },
  };
  return client;
}

const newRunOptions: OptionNames<NewRun> = {
  experimentId: true,
  runName: true,
  startTime: true,
  key: true,
  parentRunId: true,
  tags: true,
};

function requireMetric(metric: Metric): void {
  requireKnownOptions("log a metric", metric, { key: true, value: true, timestamp: true, step: true, modelId: true });
  requireKey("metric", metric.key);
  if (typeof metric.value !== "number") {
    throw new TypeError(
      `Cannot log metric "${metric.key}": its value is ${JSON.stringify(metric.value)}; expected a number`,
    );
  }
}

function toWireDataset(input: DatasetInput) {
  requireKnownOptions("log the inputs of a run", input, {
    name: true,
    digest: true,
    sourceType: true,
    source: true,
    schema: true,
    profile: true,
    tags: true,
  });
  const { tags = {}, sourceType, ...dataset } = input;
  return { tags: toPairs(tags), dataset: { ...dataset, source_type: sourceType } };
}

/** Replaces MLflow's message on a changed param, which shows the internals of its store. */
function explainChangedParam(error: unknown): never {
  if (!(error instanceof TrackingError) || !error.message.includes("Changing param values")) throw error;
  const { kind, endpoint, status, code } = error;
  const match = /'key': '(.*?)', 'old_value': (.*?), 'new_value': (.*?)\}/.exec(error.message);
  const what = match ? `"${match[1]}" is ${match[2]} and would become ${match[3]}` : "a param has another value";
  throw new TrackingError(`Cannot change a param: ${what}; use a nested run for other values`, {
    kind,
    endpoint,
    status,
    code,
    cause: error,
  });
}
