import { join } from "node:path";
import type { Workspace } from "../../storage/index.js";
import { findKnownDataset } from "./known-datasets.js";
import { type DatasetListing, datasetListing } from "./list-datasets.js";
import type { Provenance } from "./provenance.js";
import { resolveDataset } from "./resolve-dataset.js";
import type { DatasetSettings } from "./settings.js";
import { readTrustedDataset, type TrustedDataset } from "./trusted-dataset.js";

/** Details of one dataset. */
export interface DatasetDetails extends DatasetListing {
  /** One-sentence description; null for a user's dataset. */
  readonly about: string | null;
  readonly licence: string;
  readonly citation: string;
  readonly settings: DatasetSettings;
  /** Provenance of the import; null if absent. */
  readonly provenance: Provenance | null;
  /** Description of the trusted tables; null unless cleaned. */
  readonly trusted: TrustedDataset | null;
}

/**
 * Describes a dataset: a built-in one even if it is absent.
 *
 * @throws {Error} If it is neither built in nor imported.
 */
export async function describeDataset(workspace: Workspace, name: string): Promise<DatasetDetails> {
  const known = findKnownDataset(name);
  const listing = await datasetListing(workspace, name);
  const present = listing.state === "absent" && known ? undefined : await resolveDataset(workspace, name);
  const { licence, citation, settings } = present?.provenance ?? (known as NonNullable<typeof known>);
  const folder = join(workspace.processedDatasets, name);
  return {
    ...listing,
    about: known?.about ?? null,
    licence,
    citation,
    settings,
    provenance: present?.provenance ?? null,
    trusted: listing.state === "cleaned" ? await readTrustedDataset(folder) : null,
  };
}
