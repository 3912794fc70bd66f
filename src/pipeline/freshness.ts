import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Static } from "typebox";
import type { ResolvedDataset } from "../datasets/index.js";
import { contactSecret, matchesHashes } from "../storage/index.js";
import { fingerprintOf, hashOf, type Identity, type StaleReason, staleReason } from "./artifacts/identity.js";
import { MANIFEST_FILE, type Manifest, soundManifest } from "./artifacts/manifest.js";
import type { OpenedDataset } from "./open-dataset.js";
import { seedOf } from "./options/context-options.js";
import { isCosmetic } from "./options/option-params.js";
import type { OptionSchema } from "./options/option-schema.js";
import { fileHashes, optionsIdentity } from "./options/options-identity.js";
import type { Stage, StageContext } from "./stage.js";
import { trustedState } from "./trusted-state.js";

/** Parts of the identity of a stage's data. */
export interface IdentityFacts<S extends OptionSchema> {
  readonly context: StageContext;
  readonly source: ResolvedDataset;
  readonly dataset: OpenedDataset | undefined;
  readonly options: Static<S>;
  readonly inputs: ReadonlyMap<string, Manifest>;
  readonly folder: string;
}

/** The identity of what a stage would make now, beside what is there. */
export interface Freshness {
  readonly identity: Identity;
  /** The manifest of what is there; absent where there is none or it is damaged. */
  readonly found: Manifest | undefined;
  /** Why what is there is not what would be made; undefined if it is. */
  readonly stale: StaleReason | undefined;
}

/** Compares what is in the folder of a stage with what the stage would make now. */
export async function freshness<S extends OptionSchema, R>(
  stage: Stage<S, R>,
  { context, source, dataset, options, inputs, folder }: IdentityFacts<S>,
): Promise<Freshness> {
  const { provenance, processedFolder } = source;
  const identity: Identity = {
    dataset_sha256: provenance.sha256,
    settings_sha256: hashOf(stage.settings.map((key) => provenance.settings[key] ?? null)),
    as_of: dataset?.asOf ?? null,
    seed: stage.seeded ? seedOf(context) : null,
    options: await optionsIdentity(stage.options, options),
    inputs: {
      ...(dataset ? { trusted: hashOf(dataset.trusted.files ?? null) } : {}),
      ...(await keptFingerprints(stage, { context, options })),
      ...Object.fromEntries([...inputs].map(([name, manifest]) => [name, fingerprintOfManifest(manifest)])),
    },
    code: context.code,
  };
  const found = await soundManifest(folder);
  if (found === undefined) {
    return { identity, found, stale: existsSync(join(folder, MANIFEST_FILE)) ? "files" : "missing" };
  }
  const reason = lacksPictures(stage.options, { options, found }) ? "options" : reasonOf(found, identity);
  if (reason !== undefined) return { identity, found, stale: reason };
  const isWhole =
    (stage.opens === "trusted" || (await trustedState(processedFolder, provenance)).state === "fresh") &&
    (await matchesHashes(folder, found.files, MANIFEST_FILE));
  return { identity, found, stale: isWhole ? undefined : "files" };
}

/** Returns fingerprints of what the data depend on beside inputs: files that the stage keeps, and the contact key. */
export async function keptFingerprints<S extends OptionSchema, R>(
  stage: Stage<S, R>,
  { context, options }: Pick<IdentityFacts<S>, "context" | "options">,
): Promise<Record<string, string>> {
  const files = await fileHashes((await stage.keeps?.(context, options)) ?? []);
  if (!stage.usesContactKey?.(options)) return files;
  const secret = await contactSecret(context.workspace.processedDatasets, context.key);
  return { ...files, contact_key: hashOf(["contact key", secret]).slice(0, 16) };
}

/** True if pictures are wanted that the run of the manifest left out. */
function lacksPictures<S extends OptionSchema>(
  schema: S,
  { options, found }: { readonly options: Static<S>; readonly found: Manifest },
): boolean {
  const wanted = options as Readonly<Record<string, unknown>>;
  return Object.entries(schema.properties).some(
    ([name, property]) => isCosmetic(property) && wanted[name] === true && found.options?.[name] === false,
  );
}

function reasonOf(found: Manifest, identity: Identity): StaleReason | undefined {
  return found.identity ? staleReason(found.identity, identity) : "code";
}

function fingerprintOfManifest(manifest: Manifest): string {
  return manifest.identity ? fingerprintOf(manifest.identity) : hashOf(manifest.files);
}
