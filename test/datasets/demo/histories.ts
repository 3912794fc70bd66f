import { type DemoCalendar, demoCalendar } from "../../../src/datasets/demo/calendar.js";
import { type DemoHistory, type DemoOrder, simulateCustomer } from "../../../src/datasets/demo/simulate.js";

/** Simulated customers of the three default years, without the detour over files. */
export function histories(
  customers: number,
  { seed, stationary = true, contacts = false }: { seed: number; stationary?: boolean; contacts?: boolean },
): { calendar: DemoCalendar; histories: DemoHistory[] } {
  const calendar = demoCalendar("2025-12-31", 1096, { stationary });
  const all = Array.from({ length: customers }, (_, i) => simulateCustomer(i, calendar, { seed, contacts }));
  return { calendar, histories: all };
}

/** The orders, without returns. */
export function sales({ orders }: DemoHistory): DemoOrder[] {
  return orders.filter(({ cause }) => cause !== "return");
}

/** What was paid for an order, in euro. */
export function orderValue({ lines }: DemoOrder): number {
  return lines.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0) / 100;
}

/** The active spells within the days from `start` to `end`. */
export function activeSpells({ life }: DemoHistory, start: number, end: number): { from: number; to: number }[] {
  return life.times.flatMap((time, i) => {
    const from = Math.max(start, time);
    const to = Math.min(end, life.times[i + 1] ?? end);
    return life.states[i] === "active" && from < to ? [{ from, to }] : [];
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean over its standard error. */
export function zScore(values: readonly number[]): number {
  return mean(values) / standardError(values);
}

export function standardError(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0)) / values.length;
}
