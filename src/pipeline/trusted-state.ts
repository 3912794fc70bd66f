import { hasTrustedTables, type Provenance, readTrustedDataset, rulesHash } from "../datasets/index.js";

/** State of trusted tables against the current import and rules. */
export interface TrustedState {
  readonly state: "missing" | "import" | "settings" | "fresh";
  /** As they were cleaned; false if they are missing. */
  readonly deduplicated: boolean;
}

/** Compares the trusted tables of a folder with the import and the cleaning rules of now. */
export async function trustedState(processedFolder: string, provenance: Provenance): Promise<TrustedState> {
  if (!(await hasTrustedTables(processedFolder))) return { state: "missing", deduplicated: false };
  const { sha256, rules_sha256, deduplicated } = await readTrustedDataset(processedFolder);
  if (sha256 !== provenance.sha256) return { state: "import", deduplicated };
  return { state: rules_sha256 === rulesHash(provenance.settings) ? "fresh" : "settings", deduplicated };
}
