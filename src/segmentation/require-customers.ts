import { requireKnownOptions } from "../errors.js";
import { sum } from "../numeric/index.js";
import type { Customers } from "./customers.js";

/**
 * Throws unless there are customers to segment.
 *
 * @param options.firstOrder Day of the dataset's first order, `YYYY-MM-DD`.
 * @throws {RangeError} If nobody ordered by their day, nobody has `minOrders` orders, or nobody spent anything.
 */
export function requireCustomers(
  { asOf, frequency, monetary }: Customers,
  options: { readonly dataset: string; readonly minOrders: number; readonly firstOrder: string },
): void {
  requireKnownOptions("segment customers", options, { dataset: true, minOrders: true, firstOrder: true });
  const { dataset, minOrders, firstOrder } = options;
  const most = frequency.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) {
    throw new RangeError(
      `Cannot segment "${dataset}": no orders up to ${asOf}; the first order is dated ${firstOrder}, use that day or a later one`,
    );
  }
  if (most < minOrders) {
    throw new RangeError(
      `Cannot segment "${dataset}": no customer has ${minOrders} orders up to ${asOf}: the maximum is ${most}; lower --min-orders`,
    );
  }
  if (!(sum(monetary) > 0)) {
    throw new RangeError(
      `Cannot segment "${dataset}": its customers spent nothing up to ${asOf}; segments need revenue`,
    );
  }
}
