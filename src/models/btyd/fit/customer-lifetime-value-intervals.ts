import { requireKnownOptions } from "../../../errors.js";
import type { ValueHistories, ValueModels } from "../predict/customer-lifetime-value.js";
import { type ValueOptions, valueOptions, valueSchedule } from "../predict/value-schedule.js";
import { type BootstrapIntervals, intervalsOver, type ReplicateOptions, replicateOptions } from "./intervals-over.js";

/**
 * Computes parametric-bootstrap intervals for {@link customerLifetimeValue}, per customer and for all together, in the
 * currency of the dataset. Purchases are discounted from the end of their month, as the value itself is.
 *
 * @throws {RangeError} If the seed is missing, the histories or options are unusable, or the model counts opportunities.
 *
 * @example
 * const options = { horizon: { value: 1, unit: "years" }, yearlyDiscountRate: 0.1, seed: 7, replicates: 20 } as const;
 * const { lower, upper, total } = customerLifetimeValueIntervals({ purchases: model, spend }, histories, options);
 * total.lower < total.expected && total.expected < total.upper; // true
 */
export function customerLifetimeValueIntervals(
  models: ValueModels,
  histories: ValueHistories,
  options: ValueOptions & ReplicateOptions,
): BootstrapIntervals {
  const known = { ...valueOptions, ...replicateOptions };
  requireKnownOptions("compute customerLifetimeValueIntervals", options, known);
  const { periods } = valueSchedule("customerLifetimeValueIntervals", models.purchases, options);
  return intervalsOver(periods, models, histories, options);
}
