import { requireKnownOptions } from "../../../errors.js";
import type { ValueHistories } from "../predict/customer-lifetime-value.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { type Horizon, horizonIn } from "../time-unit.js";
import { type BootstrapIntervals, intervalsOver, type ReplicateOptions, replicateOptions } from "./intervals-over.js";
import type { ResampledModels } from "./refit-replicates.js";

/** Options of bootstrap intervals. */
export interface BootstrapOptions extends ReplicateOptions {
  /** Length of the forecast period. */
  horizon: Horizon;
}

/**
 * Computes parametric-bootstrap intervals for purchases in the horizon after T or, with a spend model, for undiscounted
 * spend.
 *
 * Each replicate simulates all customers from the fitted models, refits them, and looks ahead from the true histories:
 * so the intervals hold what is uncertain in the parameters and, of outcomes, chance too. Counts must be whole.
 *
 * @throws {RangeError} If the seed is missing or the histories or options are unusable.
 *
 * @example
 * const options = { horizon: { value: 13, unit: "weeks" }, seed: 7, replicates: 20 } as const;
 * const { total } = bootstrapIntervals({ purchases: model }, histories, options);
 * total.lower < total.expected && total.expected < total.upper; // true
 */
export function bootstrapIntervals(
  models: ResampledModels,
  histories: PurchaseHistories | ValueHistories,
  options: BootstrapOptions,
): BootstrapIntervals {
  requireKnownOptions("bootstrap", options, { ...replicateOptions, horizon: true });
  const { horizon, ...replication } = options;
  const period = { end: horizonIn(models.purchases.unit, horizon), factor: 1 };
  return intervalsOver([period], models, histories, replication);
}
