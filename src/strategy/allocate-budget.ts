import type { Priority } from "./segment-strategies.js";

/** What one segment asks of a budget. */
export interface BudgetClaim {
  readonly segment: string;
  readonly priority: Priority;
  readonly customers: number;
}

/** What one segment gets. */
export interface BudgetShare extends BudgetClaim {
  /** In the currency of the total, two decimals. */
  readonly amount: number;
}

/** How much a customer of each priority counts: Critical above High, and so on. */
export const PRIORITY_WEIGHTS: Readonly<Record<Priority, number>> = { Critical: 4, High: 3, Medium: 1, Low: 0 };

/**
 * Divides a budget among segments in proportion to customers × the weight of their priority. Amounts are whole cents
 * and sum to the total exactly: what rounding leaves goes to the largest remainders.
 *
 * @param total In the currency, at most two decimals.
 * @throws {RangeError} If the total is negative or has fractions of a cent, or no segment has a claim.
 *
 * @example
 * allocateBudget(100, [{ segment: "At Risk", priority: "Critical", customers: 1 }])[0].amount; // 100
 */
export function allocateBudget(total: number, claims: readonly BudgetClaim[]): BudgetShare[] {
  const cents = Math.round(total * 100);
  if (!(total >= 0 && Math.abs(cents - total * 100) < 1e-6)) {
    throw new RangeError(`Cannot allocate a budget of ${total}: an amount from 0 in whole cents is needed`);
  }
  const weights = claims.map(({ priority, customers }) => PRIORITY_WEIGHTS[priority] * customers);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(all > 0)) {
    throw new RangeError("Cannot allocate a budget: no segment with a claim has customers, at least one is needed");
  }
  const exact = weights.map((weight) => (cents * weight) / all);
  const whole = exact.map(Math.floor);
  const left = cents - whole.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact
    .map((value, i) => ({ i, rest: value - whole[i] }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRemainder.slice(0, left)) ++whole[i];
  return claims.map((claim, i) => ({ ...claim, amount: whole[i] / 100 }));
}
