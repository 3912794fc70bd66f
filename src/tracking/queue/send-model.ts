import type { MlflowClient } from "../client/client.js";
import { mlmodelText } from "../model-package.js";
import type { FileSnapshot, ModelEvent } from "./run-event.js";

/** A model on the server. */
export interface SentModel {
  readonly modelId: string;
  /** Its number in the registry, if it was registered. */
  readonly version: string | undefined;
}

/** Context of sending a model. */
export interface SendModelContext {
  readonly client: MlflowClient;
  readonly experimentId: string;
  readonly runId: string;
  readonly fileOf: (file: FileSnapshot) => Promise<string>;
}

/**
 * Sends a model: the entity, its files, `MLmodel`, the run's output, and the version in the registry. Sending it again
 * continues where an earlier attempt ended.
 */
export async function sendModel(
  event: ModelEvent,
  { client, experimentId, runId, fileOf }: SendModelContext,
): Promise<SentModel> {
  const { key, name, files, createdAt, registerAs, aliases } = event;
  const model =
    (await client.loggedModels.findByKey(experimentId, key)) ??
    (await client.loggedModels.create({ experimentId, name, sourceRunId: runId, key }));
  const { modelId, artifactUri } = model;
  if (model.status !== "LOGGED_MODEL_READY") {
    for (const file of files) await client.artifacts.uploadFile(artifactUri, await fileOf(file), file.path);
    const text = mlmodelText(event, { modelId, runId, artifactUri, createdAt });
    await client.artifacts.uploadText(artifactUri, text, "MLmodel");
    await client.loggedModels.finalize(modelId);
  }
  await client.runs.logOutputs(runId, [{ modelId }]);
  if (registerAs === undefined) return { modelId, version: undefined };
  await client.registeredModels.ensure(registerAs);
  const versions = await client.registeredModels.searchVersions({ filter: `name = '${registerAs}'` });
  const { version } =
    versions.find(({ source }) => source === artifactUri) ??
    (await client.registeredModels.createVersion(registerAs, { source: artifactUri, runId, modelId }));
  for (const alias of aliases) await client.registeredModels.setAlias(registerAs, alias, version);
  return { modelId, version };
}
