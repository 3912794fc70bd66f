import type { Provenance } from "../datasets/index.js";
import type { TrackedDataset } from "../tracking/index.js";

/** Returns a dataset as MLflow shows it among a run's inputs. */
export function trackedInput(provenance: Provenance): TrackedDataset {
  const rows = provenance.sources.reduce((sum, { profile }) => sum + (profile?.rows ?? 0), 0);
  return {
    name: provenance.name,
    digestSha256: provenance.sha256,
    source: provenance.sources.map(({ file }) => file).join(", "),
    context: "source",
    profile: { rows, files: provenance.sources.length },
  };
}
