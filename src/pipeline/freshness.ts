import type { Static } from "typebox";
import type { ResolvedDataset } from "../datasets/index.js";
import { fingerprintOf, hashOf, type Identity, type StaleReason, staleReason } from "./artifacts/identity.js";
import { isWhole, type Manifest, readManifest } from "./artifacts/manifest.js";
import type { OpenedDataset } from "./open-dataset.js";
import { seedOf } from "./options/context-options.js";
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

/** Returns the identity of what the stage would make now, and why what is there is not it; undefined if it is. */
export async function freshness<S extends OptionSchema, R>(
  stage: Stage<S, R>,
  { context, source, dataset, options, inputs, folder }: IdentityFacts<S>,
): Promise<{ readonly identity: Identity; readonly stale: StaleReason | undefined }> {
  const { provenance, processedFolder } = source;
  const identity: Identity = {
    dataset_sha256: provenance.sha256,
    settings_sha256: hashOf(stage.settings.map((key) => provenance.settings[key] ?? null)),
    as_of: dataset?.asOf ?? null,
    seed: stage.seeded ? seedOf(context) : null,
    options: await optionsIdentity(stage.options, options),
    inputs: {
      ...(dataset ? { trusted: hashOf([dataset.trusted.rules_sha256, dataset.trusted.deduplicated]) } : {}),
      ...(await fileHashes((await stage.keeps?.(context, options)) ?? [])),
      ...Object.fromEntries([...inputs].map(([name, manifest]) => [name, fingerprintOfManifest(manifest)])),
    },
    code: context.code,
  };
  const found = await readManifest(folder);
  const trusted = stage.opens === "raw" ? (await trustedState(processedFolder, provenance)).state : "fresh";
  return { identity, stale: await reasonOf(found, { identity, folder, trusted }) };
}

async function reasonOf(
  found: Manifest | undefined,
  { identity, folder, trusted }: { readonly identity: Identity; readonly folder: string; readonly trusted: string },
): Promise<StaleReason | undefined> {
  if (!found?.identity) return found ? "code" : "missing";
  const reason = staleReason(found.identity, identity);
  if (reason !== undefined) return reason;
  return trusted === "fresh" && (await isWhole(folder, found)) ? undefined : "files";
}

function fingerprintOfManifest(manifest: Manifest): string {
  return manifest.identity ? fingerprintOf(manifest.identity) : hashOf(manifest.files);
}
