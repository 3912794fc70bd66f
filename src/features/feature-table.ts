import type { ReturnsPolicy } from "./seen.js";

/** The cuts to stand at, what becomes of returns, and which features are wanted. */
export interface ComputeFeaturesOptions {
  /** The days as of which features are computed, each `YYYY-MM-DD`. */
  readonly cuts: readonly string[];
  /** Defaults to "drop". */
  readonly returns?: ReturnsPolicy;
  /** A folder of further groups, each an SQL file over the `seen_*` relations; defaults to none. */
  readonly featureFolder?: string;
  /** Names of the catalogue's features that are wanted; defaults to all that the dataset can give. */
  readonly only?: readonly string[];
}

/** What the engine's relation `features` holds, and what a dataset could not give. */
export interface FeatureTable {
  /** Feature columns in order, without customer_id and as_of. */
  readonly names: readonly string[];
  readonly rows: number;
  /** Features of the catalogue that this dataset cannot give, with the tables or columns it lacks. */
  readonly leftOut: readonly { readonly name: string; readonly lacks: readonly string[] }[];
}
