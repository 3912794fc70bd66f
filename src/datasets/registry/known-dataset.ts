import type { DatasetFacts } from "../import/check-facts.js";
import type { Mapping } from "../mapping/mapping.js";
import type { DatasetSettings } from "./settings.js";

/** A dataset that is known by name: where it comes from, how it is read, what it is set to. */
export interface KnownDataset {
  readonly name: string;
  readonly title: string;
  /** What the rows are, in one sentence. */
  readonly about: string;
  readonly licence: string;
  readonly citation: string;
  /** Its folder below `REKINDLE_DATA`. */
  readonly folder?: string;
  /** Names under which a file of the mapping also circulates. */
  readonly otherNames?: Readonly<Record<string, readonly string[]>>;
  /** An archive that `data fetch` downloads. */
  readonly archive?: string;
  /** Published numbers that a download is held against. */
  readonly facts?: DatasetFacts;
  /** How to get it, for one who has not. */
  readonly howToGet: string;
  /** True if a generator made the data. */
  readonly synthetic?: true;
  readonly mapping: Mapping;
  readonly settings: DatasetSettings;
}
