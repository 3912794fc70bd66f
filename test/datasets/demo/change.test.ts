import { describe, expect, test } from "vitest";
import { clockAtDay, type DemoCalendar } from "../../../src/datasets/demo/calendar.js";
import { demoProductTypes, productsPerType } from "../../../src/datasets/demo/catalogue.js";
import { demoParameters } from "../../../src/datasets/demo/parameters.js";
import type { DemoHistory } from "../../../src/datasets/demo/simulate.js";
import { activeSpells, histories, sales } from "./histories.js";

const { change } = demoParameters;
const changed = histories(10_000, { seed: 3, stationary: false });
const unchanged = histories(10_000, { seed: 3, stationary: true });
const changeDay = changed.calendar.changeDay;

describe("the planted change of behaviour", () => {
  test("begins 180 days before the last day", () => {
    expect(changed.calendar.dates[changeDay]).toBe("2025-07-04");
    expect(unchanged.calendar.changeDay).toBe(Number.POSITIVE_INFINITY);
  });

  test("lowers the purchase rate by its factor", () => {
    const tally = purchaseRate(unchanged.calendar);
    expect(Math.abs(ratio(changed.histories, tally) / change.purchaseRate - 1)).toBeLessThan(0.05);
    expect(Math.abs(ratio(unchanged.histories, tally) - 1)).toBeLessThan(0.05);
  });

  test("raises the dropout rate by its factor", () => {
    expect(Math.abs(ratio(changed.histories, dropoutRate) / change.dropoutRate - 1)).toBeLessThan(0.08);
    expect(Math.abs(ratio(unchanged.histories, dropoutRate) - 1)).toBeLessThan(0.08);
  });

  test("moves orders online", () => {
    const onlineShare = (all: readonly DemoHistory[], from: number, to: number) => {
      const orders = all.flatMap(sales).filter(({ day }) => day >= from && day < to);
      return orders.filter(({ store }) => store === undefined).length / orders.length;
    };
    const rise = (all: readonly DemoHistory[]) => onlineShare(all, changeDay, 1096) - onlineShare(all, 0, changeDay);
    expect(rise(changed.histories)).toBeGreaterThan(0.08);
    expect(Math.abs(rise(unchanged.histories))).toBeLessThan(0.02);
  });

  test("takes favour from electronics", () => {
    const share = (all: readonly DemoHistory[], from: number, to: number) => {
      const lines = all
        .flatMap(sales)
        .filter(({ day, cause }) => cause === "base" && day >= from && day < to)
        .flatMap((order) => order.lines);
      const electronics = lines.filter(
        ({ product }) => demoProductTypes[Math.floor(product / productsPerType)].category === change.tasteCategory,
      );
      return electronics.length / lines.length;
    };
    const fall = (all: readonly DemoHistory[]) => share(all, changeDay, 1096) / share(all, 0, changeDay);
    expect(fall(changed.histories)).toBeLessThan(0.8);
    expect(fall(changed.histories)).toBeGreaterThan(0.6);
    expect(Math.abs(fall(unchanged.histories) - 1)).toBeLessThan(0.06);
  });

  test("goes with growth before it, and neither is in a stationary demo", () => {
    const acquisitions = (all: readonly DemoHistory[], from: number, to: number) =>
      all.filter(({ customer }) => customer.acquiredAt >= from && customer.acquiredAt < to).length;
    const growth = (all: readonly DemoHistory[]) => acquisitions(all, 731, 1096) / acquisitions(all, 0, 365);
    const expected = Math.exp(2 * demoParameters.start.growthPerYear);
    expect(Math.abs(growth(changed.histories) / expected - 1)).toBeLessThan(0.08);
    expect(Math.abs(growth(unchanged.histories) - 1)).toBeLessThan(0.08);
  });
});

type Tally = (history: DemoHistory, from: number, to: number) => { events: number; expected: number };

/** Events over their expectation without change, after the change relative to before. */
function ratio(all: readonly DemoHistory[], tally: Tally): number {
  const over = (from: number, to: number) => {
    const tallies = all.filter(({ customer }) => customer.acquiredAt >= 0).map((history) => tally(history, from, to));
    return tallies.reduce((sum, t) => sum + t.events, 0) / tallies.reduce((sum, t) => sum + t.expected, 0);
  };
  return over(changeDay, 1096) / over(0, changeDay);
}

function purchaseRate({ baseClock }: DemoCalendar): Tally {
  return (history, from, to) => {
    const first = Math.floor(history.customer.acquiredAt);
    const base = sales(history).filter(({ cause, day }) => cause === "base" && day >= from && day < to).length;
    const clock = activeSpells(history, from, to).reduce(
      (sum, spell) => sum + clockAtDay(baseClock, spell.to) - clockAtDay(baseClock, spell.from),
      0,
    );
    return {
      events: base - (first >= from && first < to ? 1 : 0),
      expected: history.customer.purchaseRate * clock,
    };
  };
}

const dropoutRate: Tally = (history, from, to) => {
  const { times, states } = history.life;
  const events = times.filter((time, i) => i > 0 && states[i] !== "active" && time >= from && time < to).length;
  const exposure = activeSpells(history, from, to).reduce((sum, spell) => sum + spell.to - spell.from, 0);
  return { events, expected: history.customer.dropoutRate * exposure };
};
