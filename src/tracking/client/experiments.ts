import { type OptionNames, requireKnownOptions } from "../../errors.js";
import { type Static, Type } from "../../schema/index.js";
import { hasCode, TrackingError } from "./errors.js";
import type { Transport } from "./request.js";
import { collectPages, fromPairs, fromWireInteger, toPairs, wireInteger, wirePairs, wireText } from "./wire.js";

/** `active` or `deleted`: MLflow deletes by marking. */
export type LifecycleStage = "active" | "deleted";

/** Experiments or runs that a search returns. */
export type ViewType = "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";

/** An experiment of the server. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Options of a search. */
export interface SearchOptions {
  /** MLflow's filter language, for example `tags.dataset = 'demo'`. */
  readonly filter?: string;
  /** For example `["attributes.start_time DESC"]`. */
  readonly orderBy?: readonly string[];
  /** Defaults to 1000. */
  readonly maxResults?: number;
}

/** The names of {@link SearchOptions}. */
export const searchOptions: OptionNames<SearchOptions> = { filter: true, orderBy: true, maxResults: true };

/** Requests about experiments. */
export interface ExperimentsClient {
  /** Creates an experiment and gives its id. @throws {TrackingError} If the name is taken. */
  create(
    name: string,
    options?: { tags?: Readonly<Record<string, string>>; artifactLocation?: string },
  ): Promise<string>;
  /**
   * Returns the id of the active experiment of this name, which is created if missing. @throws {TrackingError} If it is
   * deleted.
   */
  getOrCreate(name: string, options?: { tags?: Readonly<Record<string, string>> }): Promise<string>;
  get(experimentId: string): Promise<Experiment>;
  /** Returns the experiment of this name, active or deleted, or undefined. */
  getByName(name: string): Promise<Experiment | undefined>;
  search(options?: SearchOptions & { view?: ViewType }): Promise<Experiment[]>;
  rename(experimentId: string, name: string): Promise<void>;
  delete(experimentId: string): Promise<void>;
  restore(experimentId: string): Promise<void>;
  setTag(experimentId: string, key: string, value: string): Promise<void>;
  deleteTag(experimentId: string, key: string): Promise<void>;
}

/** The server's form of {@link LifecycleStage}. */
export const wireStage = Type.Optional(Type.Enum(["active", "deleted"]));

const wireExperiment = Type.Object({
  experiment_id: Type.String({ minLength: 1 }),
  name: Type.String(),
  artifact_location: wireText,
  lifecycle_stage: wireStage,
  creation_time: Type.Optional(wireInteger),
  tags: wirePairs,
});
const oneExperiment = Type.Object({ experiment: wireExperiment });
const createdExperiment = Type.Object({ experiment_id: Type.String({ minLength: 1 }) });
const experimentPage = Type.Object({
  experiments: Type.Optional(Type.Array(wireExperiment)),
  next_page_token: wireText,
});

/** Creates the experiment requests of one server. */
export function createExperimentsClient({ json }: Transport): ExperimentsClient {
  const post = (action: string, verb: string, body: object) =>
    json({ action, method: "POST", path: `experiments/${verb}`, body }).then(() => undefined);

  const client: ExperimentsClient = {
    create: async (name, options = {}) => {
      requireKnownOptions("create an experiment", options, { tags: true, artifactLocation: true });
      const { tags = {}, artifactLocation } = options;
      const body = { name, tags: toPairs(tags), artifact_location: artifactLocation };
      const action = `create experiment "${name}"`;
      // Not repeated after a lost answer, or our own experiment would be reported as a taken name.
      const call = { action, method: "POST", path: "experiments/create", body, repeatable: false } as const;
      return (await json(call, createdExperiment)).experiment_id;
    },
    getOrCreate: async (name, options = {}) => {
      requireKnownOptions("create an experiment", options, { tags: true });
      const found = await client.getByName(name);
      if (found !== undefined) return requireActive(found);
      try {
        return await client.create(name, options);
      } catch (error) {
        // Someone was faster, or our own request arrived and its answer did not.
        const isDone =
          hasCode(error, "RESOURCE_ALREADY_EXISTS") || (error instanceof TrackingError && error.kind === "ambiguous");
        const now = isDone ? await client.getByName(name) : undefined;
        if (now === undefined) throw error;
        return requireActive(now);
      }
    },
    get: async (experimentId) => {
      const action = `read experiment ${experimentId}`;
      const call = { action, method: "GET", path: "experiments/get", query: { experiment_id: experimentId } } as const;
      return toExperiment((await json(call, oneExperiment)).experiment);
    },
    getByName: async (name) => {
      const action = `read experiment "${name}"`;
      const query = { experiment_name: name };
      try {
        const call = { action, method: "GET", path: "experiments/get-by-name", query } as const;
        return toExperiment((await json(call, oneExperiment)).experiment);
      } catch (error) {
        if (hasCode(error, "RESOURCE_DOES_NOT_EXIST")) return undefined;
        throw error;
      }
    },
    search: async (options = {}) => {
      requireKnownOptions("search experiments", options, { ...searchOptions, view: true });
      const { filter, orderBy, maxResults = 1000, view = "ACTIVE_ONLY" } = options;
      return collectPages(maxResults, async (size, token) => {
        const body = { filter, order_by: orderBy, view_type: view, max_results: size, page_token: token };
        const call = { action: "search experiments", method: "POST", path: "experiments/search", body } as const;
        const answer = await json(call, experimentPage);
        return { items: answer.experiments?.map(toExperiment), token: answer.next_page_token };
      });
    },
    rename: (id, name) => post(`rename experiment ${id}`, "update", { experiment_id: id, new_name: name }),
    delete: (id) => post(`delete experiment ${id}`, "delete", { experiment_id: id }),
    restore: (id) => post(`restore experiment ${id}`, "restore", { experiment_id: id }),
    setTag: (id, key, value) => post(`tag experiment ${id}`, "set-experiment-tag", { experiment_id: id, key, value }),
    deleteTag: (id, key) => post(`untag experiment ${id}`, "delete-experiment-tag", { experiment_id: id, key }),
  };
  return client;
}

function requireActive({ name, experimentId, lifecycleStage }: Experiment): string {
  if (lifecycleStage === "active") return experimentId;
  throw new TrackingError(`Cannot use experiment "${name}": it is deleted; restore it in MLflow or use another name`, {
    kind: "rejected",
    endpoint: "GET experiments/get-by-name",
  });
}

function toExperiment(wire: Static<typeof wireExperiment>): Experiment {
  return {
    experimentId: wire.experiment_id,
    name: wire.name,
    artifactLocation: wire.artifact_location ?? "",
    lifecycleStage: wire.lifecycle_stage ?? "active",
    creationTime: fromWireInteger(wire.creation_time),
    tags: fromPairs(wire.tags),
  };
}
