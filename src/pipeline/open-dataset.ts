import { openTrustedTables, type Provenance, resolveDataset, type TrustedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { openHistory } from "../features/index.js";
import { resolveAsOf } from "./as-of.js";
import type { StageContext } from "./stage.js";

/** A cleaned dataset, open in an engine with its history cut at `asOf`. */
export interface OpenedDataset {
  readonly provenance: Provenance;
  readonly rawFolder: string;
  readonly trusted: TrustedDataset;
  readonly asOf: string;
  /** Days of the first and the last trusted order, whatever `asOf` is. */
  readonly firstOrder: string;
  readonly lastOrder: string;
  /** What is to be said of `asOf`. */
  readonly remarks: readonly string[];
}

/**
 * Opens the trusted tables of a dataset in the engine and cuts its history.
 *
 * @throws {Error} If the dataset is not imported, not cleaned, or was imported again since.
 */
export async function openDataset(
  engine: Engine,
  { workspace, dataset, asOf: asked }: Pick<StageContext, "workspace" | "dataset" | "asOf">,
): Promise<OpenedDataset> {
  const { provenance, rawFolder, processedFolder } = await resolveDataset(workspace, dataset);
  const trusted = await openTrustedTables(engine, processedFolder);
  if (trusted.sha256 !== provenance.sha256) {
    throw new Error(
      `Cannot open dataset "${dataset}": its trusted tables come from an earlier import, run npx rekindle clean --dataset ${dataset}`,
    );
  }
  const [days] = await engine.rows("SELECT min(ordered_on) AS first, max(ordered_on) AS last FROM orders");
  const [firstOrder, lastOrder] = [String(days["first"]), String(days["last"])];
  const { asOf, remarks } = resolveAsOf(asked, {
    lastOrder,
    defaultAsOf: trusted.settings.default_as_of,
    importedOn: provenance.imported_at.slice(0, 10),
  });
  await openHistory(engine, trusted, { asOf });
  return { provenance, rawFolder, trusted, asOf, firstOrder, lastOrder, remarks };
}
