import { requireKnownOptions } from "../../errors.js";
import { type Static, Type } from "../../schema/index.js";
import { hasCode } from "./errors.js";
import { type SearchOptions, searchOptions } from "./experiments.js";
import type { Transport } from "./request.js";
import { createOnce } from "./retry.js";
import { collectPages, fromPairs, fromWireInteger, toPairs, wireInteger, wirePairs, wireText } from "./wire.js";

/** A named model with its versions. */
export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Alias to version, for example `{champion: "3"}`. */
  readonly aliases: Readonly<Record<string, string>>;
}

const versionStatus = Type.Enum(["PENDING_REGISTRATION", "FAILED_REGISTRATION", "READY"]);

/** One version of a registered model. */
export interface ModelVersion {
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly runId: string | undefined;
  /** The logged model; absent where the server's store keeps it only in the model's tag `mlflow.modelVersions`. */
  readonly modelId: string | undefined;
  readonly status: Static<typeof versionStatus>;
  readonly description: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly aliases: readonly string[];
}

/** Properties of a new version. */
export interface NewModelVersion {
  /** `artifactUri` of the logged model, or `runs:/<run id>/<path>`. */
  readonly source: string;
  readonly runId?: string;
  readonly modelId?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Requests about the model registry. */
export interface RegisteredModelsClient {
  /** @throws {TrackingError} If the name is taken. */
  create(name: string, options?: { description?: string; tags?: Readonly<Record<string, string>> }): Promise<void>;
  /** Makes the model unless it is there. */
  ensure(name: string): Promise<void>;
  get(name: string): Promise<RegisteredModel>;
  search(options?: SearchOptions): Promise<RegisteredModel[]>;
  rename(name: string, newName: string): Promise<void>;
  describe(name: string, description: string): Promise<void>;
  delete(name: string): Promise<void>;
  setTag(name: string, key: string, value: string): Promise<void>;
  deleteTag(name: string, key: string): Promise<void>;
  /** Points an alias at a version; an alias points at one version at a time. */
  setAlias(name: string, alias: string, version: string): Promise<void>;
  deleteAlias(name: string, alias: string): Promise<void>;
  /** Creates a version, once: if the answer is lost it is looked for by a key before another is made. */
  createVersion(name: string, version: NewModelVersion): Promise<ModelVersion>;
  getVersion(name: string, version: string): Promise<ModelVersion>;
  /** Returns the version with an alias, or undefined. */
  getVersionByAlias(name: string, alias: string): Promise<ModelVersion | undefined>;
  searchVersions(options?: SearchOptions): Promise<ModelVersion[]>;
  describeVersion(name: string, version: string, description: string): Promise<void>;
  deleteVersion(name: string, version: string): Promise<void>;
  setVersionTag(name: string, version: string, key: string, value: string): Promise<void>;
  deleteVersionTag(name: string, version: string, key: string): Promise<void>;
}

const versionNumber = Type.Union([Type.String({ minLength: 1 }), Type.Integer()]);
const wireModel = Type.Object({
  name: Type.String(),
  description: wireText,
  tags: wirePairs,
  aliases: Type.Optional(Type.Array(Type.Object({ alias: Type.String(), version: versionNumber }))),
});
const wireVersion = Type.Object({
  name: Type.String(),
  version: versionNumber,
  source: wireText,
  run_id: wireText,
  model_id: wireText,
  status: Type.Optional(versionStatus),
  description: wireText,
  creation_timestamp: Type.Optional(wireInteger),
  tags: wirePairs,
  aliases: Type.Optional(Type.Array(Type.String())),
});
const oneModel = Type.Object({ registered_model: wireModel });
const modelPage = Type.Object({ registered_models: Type.Optional(Type.Array(wireModel)), next_page_token: wireText });
const oneVersion = Type.Object({ model_version: wireVersion });
const versionPage = Type.Object({ model_versions: Type.Optional(Type.Array(wireVersion)), next_page_token: wireText });

const VERSION_KEY_TAG = "rekindle.version_key";

/** Creates the registry requests of one server. */
export function createRegisteredModelsClient(
  { json, policy }: Transport,
  { createKey }: { createKey: () => string },
): RegisteredModelsClient {
  type Method = "POST" | "PATCH" | "DELETE";
  const change = (action: string, method: Method, path: string, body: object, repeatable = true) =>
    json({ action, method, path, body, repeatable }).then(() => undefined);
  const model = "registered-models";
  const versions = "model-versions";

  const client: RegisteredModelsClient = {
    create: async (name, options = {}) => {
      requireKnownOptions("register a model", options, { description: true, tags: true });
      const { description, tags = {} } = options;
      return change(
        `register model "${name}"`,
        "POST",
        `${model}/create`,
        { name, description, tags: toPairs(tags) },
        false,
      );
    },
    ensure: async (name) => {
      const call = {
        action: `register model "${name}"`,
        method: "POST",
        path: `${model}/create`,
        body: { name },
      } as const;
      await json(call).catch((error: unknown) => {
        if (!hasCode(error, "RESOURCE_ALREADY_EXISTS")) throw error;
      });
    },
    get: async (name) => {
      const call = { action: `read model "${name}"`, method: "GET", path: `${model}/get`, query: { name } } as const;
      return toModel((await json(call, oneModel)).registered_model);
    },
    search: async (options = {}) => {
      requireKnownOptions("search models", options, searchOptions);
      const { filter, orderBy, maxResults = 1000 } = options;
      return collectPages(
        maxResults,
        async (size, token) => {
          const query = { filter, order_by: orderBy, max_results: size, page_token: token };
          const call = { action: "search models", method: "GET", path: `${model}/search`, query } as const;
          const answer = await json(call, modelPage);
          return { items: answer.registered_models?.map(toModel), token: answer.next_page_token };
        },
        100,
      );
    },
    rename: (name, newName) => change(`rename model "${name}"`, "POST", `${model}/rename`, { name, new_name: newName }),
    describe: (name, description) =>
      change(`describe model "${name}"`, "PATCH", `${model}/update`, { name, description }),
    delete: (name) => change(`delete model "${name}"`, "DELETE", `${model}/delete`, { name }),
    setTag: (name, key, value) => change(`tag model "${name}"`, "POST", `${model}/set-tag`, { name, key, value }),
    deleteTag: (name, key) => change(`untag model "${name}"`, "DELETE", `${model}/delete-tag`, { name, key }),
    setAlias: (name, alias, version) =>
      change(`set alias "${alias}" of model "${name}"`, "POST", `${model}/alias`, { name, alias, version }),
    deleteAlias: (name, alias) =>
      change(`delete alias "${alias}" of model "${name}"`, "DELETE", `${model}/alias`, { name, alias }),

    createVersion: async (name, version) => {
      requireKnownOptions("create a model version", version, {
        source: true,
        runId: true,
        modelId: true,
        description: true,
        tags: true,
      });
      const { source, runId, modelId, description, tags = {} } = version;
      const key = createKey();
      const body = {
        name,
        source,
        run_id: runId,
        model_id: modelId,
        description,
        tags: toPairs({ ...tags, [VERSION_KEY_TAG]: key }),
      };
      const action = `create a version of model "${name}"`;
      const call = { action, method: "POST", path: `${versions}/create`, body, repeatable: false } as const;
      return createOnce(async () => toVersion((await json(call, oneVersion)).model_version), {
        ...policy,
        find: async () => {
          const found = await client.searchVersions({ filter: `name = '${name.replaceAll("'", "\\'")}'` });
          return found.find(({ tags }) => tags[VERSION_KEY_TAG] === key);
        },
      });
    },
    getVersion: async (name, version) => {
      const action = `read version ${version} of model "${name}"`;
      const call = { action, method: "GET", path: `${versions}/get`, query: { name, version } } as const;
      return toVersion((await json(call, oneVersion)).model_version);
    },
    getVersionByAlias: async (name, alias) => {
      const action = `read alias "${alias}" of model "${name}"`;
      try {
        const call = { action, method: "GET", path: `${model}/alias`, query: { name, alias } } as const;
        return toVersion((await json(call, oneVersion)).model_version);
      } catch (error) {
        // A missing model is RESOURCE_DOES_NOT_EXIST, a missing alias INVALID_PARAMETER_VALUE.
        if (hasCode(error, "INVALID_PARAMETER_VALUE") || hasCode(error, "RESOURCE_DOES_NOT_EXIST")) return undefined;
        throw error;
      }
    },
    searchVersions: async (options = {}) => {
      requireKnownOptions("search model versions", options, searchOptions);
      const { filter, orderBy, maxResults = 1000 } = options;
      return collectPages(maxResults, async (size, token) => {
        const query = { filter, order_by: orderBy, max_results: size, page_token: token };
        const call = { action: "search model versions", method: "GET", path: `${versions}/search`, query } as const;
        const answer = await json(call, versionPage);
        return { items: answer.model_versions?.map(toVersion), token: answer.next_page_token };
      });
    },
    describeVersion: (name, version, description) =>
      change(`describe version ${version} of model "${name}"`, "PATCH", `${versions}/update`, {
        name,
        version,
        description,
      }),
    deleteVersion: (name, version) =>
      change(`delete version ${version} of model "${name}"`, "DELETE", `${versions}/delete`, { name, version }),
    setVersionTag: (name, version, key, value) =>
      change(`tag version ${version} of model "${name}"`, "POST", `${versions}/set-tag`, { name, version, key, value }),
    deleteVersionTag: (name, version, key) =>
      change(`untag version ${version} of model "${name}"`, "DELETE", `${versions}/delete-tag`, { name, version, key }),
  };
  return client;
}

function toModel({ name, description = "", tags, aliases = [] }: Static<typeof wireModel>): RegisteredModel {
  const byAlias = Object.fromEntries(aliases.map(({ alias, version }) => [alias, String(version)]));
  return { name, description, tags: fromPairs(tags), aliases: byAlias };
}

function toVersion(wire: Static<typeof wireVersion>): ModelVersion {
  return {
    name: wire.name,
    version: String(wire.version),
    source: wire.source ?? "",
    runId: wire.run_id || undefined,
    modelId: wire.model_id || undefined,
    status: wire.status ?? "READY",
    description: wire.description ?? "",
    creationTime: fromWireInteger(wire.creation_timestamp),
    tags: fromPairs(wire.tags),
    aliases: wire.aliases ?? [],
  };
}
