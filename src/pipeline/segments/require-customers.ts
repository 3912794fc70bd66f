import { sum } from "../../numeric/index.js";
import type { Customers } from "../../segmentation/index.js";

/**
 * Refuses customers of whom there is nothing to segment, in words that say what to ask for instead.
 *
 * @param options.firstOrder Day of the dataset's first order, `YYYY-MM-DD`.
 * @throws {RangeError} If nobody ordered by then, nobody has so many orders, or nobody spent anything.
 */
export function requireCustomers(
  { asOf, frequency, monetary }: Customers,
  {
    dataset,
    minOrders,
    firstOrder,
  }: { readonly dataset: string; readonly minOrders: number; readonly firstOrder: string },
): void {
  const most = frequency.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) {
    throw new RangeError(
      `Cannot segment "${dataset}": nobody ordered up to ${asOf}, a day from ${firstOrder} on is needed, when the first order came`,
    );
  }
  if (most < minOrders) {
    throw new RangeError(
      `Cannot segment "${dataset}": nobody has ${minOrders} orders up to ${asOf}, the most is ${most}, so many or fewer are needed`,
    );
  }
  if (!(sum(monetary) > 0)) {
    throw new RangeError(`Cannot segment "${dataset}": its customers spent nothing up to ${asOf}, revenue is needed`);
  }
}
