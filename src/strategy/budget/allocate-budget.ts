import { requireKnownOptions } from "../../errors.js";
import { PRIORITIES, type Priority } from "../lists/strategy.js";
import { largestRemainder } from "./largest-remainder.js";

/**
 * Weights of the priorities when a budget is divided. Each step down is worth one part less: a segment at Critical gets
 * a third more than one at High and four times as much as one at Low. The steps are a convention, not a measurement.
 */
export const priorityWeights: Readonly<Record<Priority, number>> = { Critical: 4, High: 3, Medium: 2, Low: 1 };

/** One segment that asks for money. */
export interface BudgetClaim {
  readonly segment: string;
  readonly priority: Priority;
  /** Customers who can be contacted; a segment without any gets nothing. */
  readonly customers: number;
}

/** Budget of one segment. */
export interface BudgetLine extends BudgetClaim {
  readonly weight: number;
  /** Of the total, in [0, 1]. */
  readonly share: number;
  /** In the dataset's currency. */
  readonly amount: number;
  /** The amount in cents: these sum to the total exactly, as sums of fractions need not. */
  readonly cents: number;
  /** Amount per customer; null if there is nobody. */
  readonly perCustomer: number | null;
}

/** Options for dividing a budget. */
export interface BudgetOptions {
  /** Defaults to {@link priorityWeights}. */
  readonly weights?: Readonly<Record<Priority, number>>;
  /** True multiplies weights by customers, so that equal priorities get equal money per customer; defaults to false. */
  readonly perHead?: boolean;
}

/**
 * Divides a budget over all segments by their priority, to the cent.
 *
 * @param total In the dataset's currency, in whole cents.
 * @returns Most urgent first, of equals in the order given.
 * @throws {RangeError} If the total is negative or not in whole cents, or nobody can get it.
 *
 * @example
 * allocateBudget(50000, [
 *   { segment: "Champions", priority: "High", customers: 293 },
 *   { segment: "At Risk", priority: "Critical", customers: 67 },
 * ]).map(({ segment, amount }) => [segment, amount]); // [["At Risk", 28571.43], ["Champions", 21428.57]]
 */
export function allocateBudget(
  total: number,
  claims: readonly BudgetClaim[],
  options: BudgetOptions = {},
): BudgetLine[] {
  requireKnownOptions("allocate a budget", options, { weights: true, perHead: true });
  const { weights = priorityWeights, perHead = false } = options;
  requireKnownOptions("allocate a budget by weights", weights, { Critical: true, High: true, Medium: true, Low: true });
  const cents = Math.round(total * 100);
  // The nearest double of an amount in cents is off by less than a millionth of a cent up to some billions.
  if (!(total >= 0 && Number.isSafeInteger(cents) && Math.abs(total * 100 - cents) < 1e-6)) {
    throw refuse(`the total is ${total}; expected an amount from 0 in whole cents`);
  }
  for (const { segment, customers } of claims) {
    if (!(Number.isInteger(customers) && customers >= 0)) {
      throw refuse(`"${segment}" has ${customers} customers; expected a whole number, at least 0`);
    }
  }
  for (const [priority, weight] of Object.entries(weights)) {
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw refuse(`the weight of "${priority}" is ${weight}; expected a number, at least 0`);
    }
  }
  const sorted = [...claims].sort((a, b) => PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority));
  const weighed = sorted.map(({ priority, customers }) =>
    customers === 0 ? 0 : weights[priority] * (perHead ? customers : 1),
  );
  const sum = weighed.reduce((a, b) => a + b, 0);
  if (!(sum > 0)) {
    throw refuse(
      `none of ${claims.length} segments has both customers and a weight; set a weight above 0 for a segment with customers`,
    );
  }
  const parts = largestRemainder(cents, weighed);
  return sorted.map(({ segment, priority, customers }, i) => ({
    segment,
    priority,
    customers,
    weight: weighed[i],
    share: weighed[i] / sum,
    amount: parts[i] / 100,
    cents: parts[i],
    perCustomer: customers === 0 ? null : parts[i] / 100 / customers,
  }));
}

function refuse(what: string): RangeError {
  return new RangeError(`Cannot allocate a budget: ${what}`);
}
