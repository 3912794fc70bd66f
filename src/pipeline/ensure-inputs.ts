import { resolveDataset } from "../datasets/index.js";
import { type Manifest, readManifest, soundManifest } from "./artifacts/manifest.js";
import { carriedOptions } from "./options/shared-options.js";
import type { AnyStage, StageContext } from "./stage.js";
import { trustedState } from "./trusted-state.js";

/** Runs the stage that makes an input, or finds it up to date. */
export type MakeInput = (
  stage: AnyStage,
  options: Readonly<Record<string, unknown>>,
  before: { readonly asOf?: string; readonly seed?: number },
) => Promise<unknown>;

/**
 * Makes what a stage reads: trusted tables and the artifacts of its `reads`. An input that was made before is made again
 * with its own options, day and seed, but for those that are given now.
 *
 * @returns The manifests of the inputs by the stage that made them.
 */
export async function ensureInputs(
  context: StageContext,
  stage: AnyStage,
  { given, make }: { readonly given: Readonly<Record<string, unknown>>; readonly make: MakeInput },
): Promise<Map<string, Manifest>> {
  const manifests = new Map<string, Manifest>();
  if (stage.opens === "trusted") await ensureTrusted(context, make);
  for (const artifact of stage.reads) {
    if (manifests.has(artifact.madeBy)) continue;
    const maker = stageNamed(context, artifact.madeBy);
    const folder = artifact.folder(context);
    const before = await soundManifest(folder);
    const options = { ...knownOptions(maker, before), ...carriedOptions(maker.options, given) };
    const asOf = context.asOf ?? (maker.opens === "trusted" ? before?.as_of : undefined);
    const seed = (stage.ownSeed ? undefined : context.seed) ?? before?.seed;
    await make(maker, options, { ...(asOf ? { asOf } : {}), ...(seed === undefined ? {} : { seed }) });
    const manifest = await readManifest(folder);
    if (!manifest)
      throw new Error(
        `Cannot run ${stage.name}: "${folder}" has no ${artifact.title}; run rekindle ${artifact.madeBy}`,
      );
    manifests.set(artifact.madeBy, manifest);
  }
  return manifests;
}

/** Cleans the dataset unless its trusted tables are of this import and these rules. */
export async function ensureTrusted(context: StageContext, make: MakeInput): Promise<void> {
  const { provenance, processedFolder } = await resolveDataset(context.workspace, context.dataset);
  const { state, deduplicated } = await trustedState(processedFolder, provenance);
  if (state !== "fresh") await make(stageNamed(context, "clean"), { deduplicate: deduplicated }, {});
}

/** The options that an input was made with, without those that its stage no longer has. */
function knownOptions({ options: schema }: AnyStage, before: Manifest | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(before?.options ?? {}).filter(([name]) => name in schema.properties));
}

function stageNamed({ stages }: StageContext, name: string): AnyStage {
  const stage = stages.find((one) => one.name === name);
  if (!stage) throw new TypeError(`Cannot make the input "${name}": there is no such stage`);
  return stage;
}
