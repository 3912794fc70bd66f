import type { DatasetFacts } from "../import/check-facts.js";
import type { Mapping } from "../mapping/mapping.js";
import type { DatasetSettings } from "./settings.js";

/** Built-in dataset: its source, mapping and settings. */
export interface KnownDataset {
  readonly name: string;
  readonly title: string;
  /** One-sentence description. */
  readonly about: string;
  readonly licence: string;
  readonly citation: string;
  /** Folder below `REKINDLE_DATA`. */
  readonly folder?: string;
  /** Alternative names of the mapping's files. */
  readonly otherNames?: Readonly<Record<string, readonly string[]>>;
  /** Address of the archive for `data fetch`. */
  readonly archive?: string;
  /** Published figures, to verify a download. */
  readonly facts?: DatasetFacts;
  /** How to get it: a command, or a sentence that ends in one. */
  readonly howToGet: string;
  /** True for simulated data. */
  readonly synthetic?: true;
  readonly mapping: Mapping;
  readonly settings: DatasetSettings;
}

/** Returns the remedy, for the end of an error message: "run npx rekindle data make demo". */
export function howToGet({ howToGet: how }: KnownDataset): string {
  return how.startsWith("npx ") ? `run ${how}` : how;
}
