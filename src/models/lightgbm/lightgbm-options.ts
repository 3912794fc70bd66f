import type { OptionNames } from "../../errors.js";
import { type BoostingOptions, boostingOptions, type ValidationSet } from "../boosting/boosting-options.js";

/** Options of a LightGBM fit. */
export interface LightGbmOptions extends BoostingOptions {
  /** Leaves of a tree, from 2; defaults to 31. */
  readonly maxLeaves?: number | undefined;
  /** Levels of a tree, from 1; defaults to no limit. */
  readonly maxDepth?: number | undefined;
  readonly validation?: Omit<ValidationSet, "baseMargin"> | undefined;
}

/** The names of {@link LightGbmOptions}. */
export const lightgbmOptions: OptionNames<LightGbmOptions> = { ...boostingOptions, maxLeaves: true, maxDepth: true };
