import { requireKnownOptions } from "../../errors.js";
import { type Static, Type } from "../../schema/index.js";
import type { SearchOptions } from "./experiments.js";
import type { Transport } from "./request.js";
import { createOnce } from "./retry.js";
import { collectPages, fromPairs, fromWireInteger, toPairs, wireInteger, wirePairs, wireText } from "./wire.js";

const statuses = ["LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED"] as const;

/** Status of a logged model; only a ready one can be loaded. */
export type LoggedModelStatus = (typeof statuses)[number];

/** A model as MLflow 3 keeps it: an entity of an experiment, with files below `artifactUri`. */
export interface LoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactUri: string;
  readonly status: LoggedModelStatus;
  readonly sourceRunId: string | undefined;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Properties of a new logged model. */
export interface NewLoggedModel {
  readonly experimentId: string;
  readonly name: string;
  /** The run that trained it. */
  readonly sourceRunId?: string;
  readonly modelType?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Key for finding the model again; defaults to a new one. */
  readonly key?: string;
}

/** Requests about logged models: create, upload files below `artifactUri`, finalize, name as the run's output. */
export interface LoggedModelsClient {
  /** Creates a pending model, once: if the answer is lost it is looked for by a key before another is made. */
  create(model: NewLoggedModel): Promise<LoggedModel>;
  /** Marks the files as complete, or as failed. */
  finalize(modelId: string, status?: LoggedModelStatus): Promise<LoggedModel>;
  get(modelId: string): Promise<LoggedModel>;
  /** Returns the model that was created with a key, if there is one. */
  findByKey(experimentId: string, key: string): Promise<LoggedModel | undefined>;
  search(experimentIds: readonly string[], options?: Omit<SearchOptions, "orderBy">): Promise<LoggedModel[]>;
  delete(modelId: string): Promise<void>;
  setTags(modelId: string, tags: Readonly<Record<string, string>>): Promise<void>;
  deleteTag(modelId: string, key: string): Promise<void>;
  logParams(modelId: string, params: Readonly<Record<string, string>>): Promise<void>;
}

const MODEL_KEY_TAG = "rekindle.model_key";

const wireLoggedModel = Type.Object({
  info: Type.Object({
    model_id: Type.String({ minLength: 1 }),
    experiment_id: Type.String(),
    name: wireText,
    artifact_uri: wireText,
    // Text, or from 1 the number in the list of statuses in some answers.
    status: Type.Optional(Type.Union([Type.Enum([...statuses]), Type.Integer()])),
    source_run_id: wireText,
    creation_timestamp_ms: Type.Optional(wireInteger),
    tags: wirePairs,
  }),
  data: Type.Optional(Type.Object({ params: wirePairs })),
});
const oneModel = Type.Object({ model: wireLoggedModel });
const modelPage = Type.Object({ models: Type.Optional(Type.Array(wireLoggedModel)), next_page_token: wireText });

/** Creates the logged-model requests of one server. */
export function createLoggedModelsClient(
  { json, policy }: Transport,
  { createKey }: { createKey: () => string },
): LoggedModelsClient {
  const one = (id: string) => `logged-models/${encodeURIComponent(id)}`;

  const client: LoggedModelsClient = {
    create: async (model) => {
      requireKnownOptions("log a model", model, {
        experimentId: true,
        name: true,
        sourceRunId: true,
        modelType: true,
        params: true,
        tags: true,
        key: true,
      });
      const { experimentId, name, sourceRunId, modelType, params = {}, tags = {}, key = createKey() } = model;
      const body = {
        experiment_id: experimentId,
        name,
        source_run_id: sourceRunId,
        model_type: modelType,
        params: toPairs(params),
        tags: toPairs({ ...tags, [MODEL_KEY_TAG]: key }),
      };
      const call = {
        action: `log model "${name}"`,
        method: "POST",
        path: "logged-models",
        body,
        repeatable: false,
      } as const;
      return createOnce(async () => toLoggedModel((await json(call, oneModel)).model), {
        ...policy,
        find: () => client.findByKey(experimentId, key),
      });
    },
    findByKey: async (experimentId, key) =>
      (await client.search([experimentId], { filter: `tags.\`${MODEL_KEY_TAG}\` = '${key}'` }))[0],
    finalize: async (modelId, status = "LOGGED_MODEL_READY") => {
      const body = { model_id: modelId, status };
      const call = { action: `finalize model ${modelId}`, method: "PATCH", path: one(modelId), body } as const;
      return toLoggedModel((await json(call, oneModel)).model);
    },
    get: async (modelId) => {
      const call = { action: `read model ${modelId}`, method: "GET", path: one(modelId) } as const;
      return toLoggedModel((await json(call, oneModel)).model);
    },
    search: async (experimentIds, options = {}) => {
      requireKnownOptions("search logged models", options, { filter: true, maxResults: true });
      const { filter, maxResults = 1000 } = options;
      return collectPages(
        maxResults,
        async (size, token) => {
          const body = { experiment_ids: experimentIds, filter, max_results: size, page_token: token };
          const call = { action: "search logged models", method: "POST", path: "logged-models/search", body } as const;
          const answer = await json(call, modelPage);
          return { items: answer.models?.map(toLoggedModel), token: answer.next_page_token };
        },
        50,
      );
    },
    delete: async (modelId) => {
      await json({ action: `delete model ${modelId}`, method: "DELETE", path: one(modelId) });
    },
    setTags: async (modelId, tags) => {
      const body = { tags: toPairs(tags) };
      await json({ action: `tag model ${modelId}`, method: "PATCH", path: `${one(modelId)}/tags`, body });
    },
    deleteTag: async (modelId, key) => {
      const path = `${one(modelId)}/tags/${encodeURIComponent(key)}`;
      await json({ action: `untag model ${modelId}`, method: "DELETE", path });
    },
    logParams: async (modelId, params) => {
      const body = { model_id: modelId, params: toPairs(params) };
      await json({ action: `log params of model ${modelId}`, method: "POST", path: `${one(modelId)}/params`, body });
    },
  };
  return client;
}

function toLoggedModel({ info, data }: Static<typeof wireLoggedModel>): LoggedModel {
  const status = typeof info.status === "number" ? statuses[info.status - 1] : info.status;
  return {
    modelId: info.model_id,
    experimentId: info.experiment_id,
    name: info.name ?? "",
    artifactUri: info.artifact_uri ?? "",
    status: status ?? "LOGGED_MODEL_PENDING",
    sourceRunId: info.source_run_id || undefined,
    creationTime: fromWireInteger(info.creation_timestamp_ms),
    params: fromPairs(data?.params),
    tags: fromPairs(info.tags),
  };
}
