import type { OptionNames } from "../../errors.js";
import { type BoostingOptions, boostingOptions } from "../boosting/boosting-options.js";

/** Options of an XGBoost fit. */
export interface XGBoostOptions extends BoostingOptions {
  /** Levels of a tree, from 1; defaults to 6. */
  readonly maxDepth?: number | undefined;
  /** "dart" drops trees while it trains, by `rate_drop` and its kin in `parameters`; defaults to "gbtree". */
  readonly booster?: "gbtree" | "dart" | undefined;
  /** Base margin per row, before the inverse link: for example the log of an exposure. */
  readonly baseMargin?: ArrayLike<number> | undefined;
}

/** The names of {@link XGBoostOptions}. */
export const xgboostOptions: OptionNames<XGBoostOptions> = {
  ...boostingOptions,
  maxDepth: true,
  booster: true,
  baseMargin: true,
};
