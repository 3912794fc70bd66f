import { join } from "node:path";
import type { Workspace } from "../../storage/index.js";
import { findKnownDataset } from "./known-datasets.js";
import { type DatasetListing, datasetListing } from "./list-datasets.js";
import type { Provenance } from "./provenance.js";
import { resolveDataset } from "./resolve-dataset.js";
import type { DatasetSettings } from "./settings.js";
import { readTrustedDataset, type TrustedDataset } from "./trusted-dataset.js";

/** Everything that is known of one dataset. */
export interface DatasetDetails extends DatasetListing {
  /** What the rows are, in one sentence; null for a dataset of one's own. */
  readonly about: string | null;
  readonly licence: string;
  readonly citation: string;
  readonly settings: DatasetSettings;
  /** What was imported; null if absent. */
  readonly provenance: Provenance | null;
  /** What the trusted tables are; null unless cleaned. */
  readonly trusted: TrustedDataset | null;
}

/**
 * Describes a dataset: a known one even if it is absent.
 *
 * @throws {Error} If it is neither known nor imported.
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
