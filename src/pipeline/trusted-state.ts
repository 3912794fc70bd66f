import {
  hasTrustedTables,
  type Provenance,
  readTrustedDataset,
  rulesHash,
  TRUSTED_DESCRIPTION,
  type TrustedDataset,
} from "../datasets/index.js";
import { matchesHashes } from "../storage/index.js";

/** State of trusted tables against the current import and rules. */
export interface TrustedState {
  /** "files": a table or its description is missing or was changed since cleaning. */
  readonly state: "missing" | "import" | "settings" | "files" | "fresh";
  /** As they were cleaned; false if that is unknown. */
  readonly deduplicated: boolean;
}

/** Compares the trusted tables of a folder with the import and the cleaning rules of now. */
export async function trustedState(processedFolder: string, provenance: Provenance): Promise<TrustedState> {
  if (!(await hasTrustedTables(processedFolder))) return { state: "missing", deduplicated: false };
  const trusted = await readSound(processedFolder);
  if (trusted === undefined) return { state: "files", deduplicated: false };
  const { sha256, rules_sha256, deduplicated } = trusted;
  if (sha256 !== provenance.sha256) return { state: "import", deduplicated };
  if (rules_sha256 !== rulesHash(provenance.settings)) return { state: "settings", deduplicated };
  const isWhole =
    trusted.files !== undefined && (await matchesHashes(processedFolder, trusted.files, TRUSTED_DESCRIPTION));
  return { state: isWhole ? "fresh" : "files", deduplicated };
}

async function readSound(folder: string): Promise<TrustedDataset | undefined> {
  try {
    return await readTrustedDataset(folder);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
