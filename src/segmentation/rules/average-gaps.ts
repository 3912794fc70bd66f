import { requireSameLength } from "../../errors.js";
import type { CustomerColumns } from "../customers.js";

/**
 * Computes the average calendar days between the orders of each customer, NaN for those with one order. Shape (n,).
 *
 * @throws {RangeError} If the lengths differ.
 *
 * @example
 * const customers = { recencyDays: [10, 3], daysSinceFirstPurchase: [70, 3], frequency: [4, 1] };
 * Array.from(averageGaps(customers)); // [20, NaN]
 */
export function averageGaps({
  recencyDays,
  daysSinceFirstPurchase,
  frequency,
}: Pick<CustomerColumns, "recencyDays" | "daysSinceFirstPurchase" | "frequency">): Float64Array {
  requireSameLength("average gaps", { recencyDays, daysSinceFirstPurchase, frequency });
  return Float64Array.from({ length: frequency.length }, (_, i) =>
    frequency[i] >= 2 ? (daysSinceFirstPurchase[i] - recencyDays[i]) / (frequency[i] - 1) : Number.NaN,
  );
}
