import { requireKnownOptions } from "../errors.js";

/** Options of the random splits. */
export interface FoldOptions {
  /** Defaults to 5. */
  nFolds?: number;
  /** Seed of the random split. */
  seed: number;
}

/** Returns the options of the split named `caller` with their defaults; throws if one is unknown. */
export function foldOptionsFrom(caller: string, options: FoldOptions): Required<FoldOptions> {
  requireKnownOptions(`split by ${caller}`, options, { nFolds: true, seed: true });
  const { nFolds = 5, seed } = options;
  return { nFolds, seed };
}
