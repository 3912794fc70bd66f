import { describe, expect, test } from "vitest";
import { clockAtDay } from "../../../src/datasets/demo/calendar.js";
import { demoParameters } from "../../../src/datasets/demo/parameters.js";
import { weekdayOfEpochDay } from "../../../src/text/calendar-day.js";
import { activeSpells, histories, mean, orderValue, sales, standardError, zScore } from "./histories.js";

const { purchase, lapse, season, spend } = demoParameters;
const { calendar, histories: all } = histories(16_000, { seed: 11 });
// Who is acquired within the data is there whatever he does, so nothing is selected.
const acquired = all.filter(({ customer }) => customer.acquiredAt >= 0);

describe("purchases of the demo", () => {
  test("rates have the mean and variance of their gamma distributions", () => {
    const lambdas = acquired.map(({ customer }) => customer.purchaseRate);
    const mus = acquired.map(({ customer }) => customer.dropoutRate);
    expect(Math.abs(mean(lambdas) - purchase.r / purchase.alpha)).toBeLessThan(4 * standardError(lambdas));
    expect(Math.abs(mean(mus) - purchase.s / purchase.beta)).toBeLessThan(4 * standardError(mus));
    const shape = mean(lambdas) ** 2 / (standardError(lambdas) ** 2 * lambdas.length);
    expect(shape / purchase.r).toBeGreaterThan(0.9);
    expect(shape / purchase.r).toBeLessThan(1.1);
  });

  test("repeat orders come at the customer's rate on the purchase clock while he is active", () => {
    const excess = acquired.map((history) => {
      const expected = activeSpells(history, 0, calendar.days).reduce((sum, { from, to }) => {
        return sum + clockAtDay(calendar.baseClock, to) - clockAtDay(calendar.baseClock, from);
      }, 0);
      const repeats = sales(history).filter(({ cause }) => cause === "base").length - 1;
      return repeats - history.customer.purchaseRate * expected;
    });
    expect(Math.abs(zScore(excess))).toBeLessThan(4);
  });

  test("active spells end at the customer's dropout rate, and the stated share of them in a lapse", () => {
    let expected = 0;
    let ends = 0;
    let lapses = 0;
    for (const history of acquired) {
      for (const { from, to } of activeSpells(history, 0, calendar.days)) {
        expected += history.customer.dropoutRate * (to - from);
      }
      for (const [i, state] of history.life.states.entries()) {
        if (i > 0 && state !== "active") ++ends;
        if (state === "lapsed") ++lapses;
      }
    }
    expect(Math.abs(ends - expected)).toBeLessThan(4 * Math.sqrt(expected));
    const deviation = Math.sqrt(ends * lapse.returnShare * (1 - lapse.returnShare));
    expect(Math.abs(lapses - ends * lapse.returnShare)).toBeLessThan(3.5 * deviation);
  });

  test("lapses end at the stated rate", () => {
    let exposure = 0;
    let returns = 0;
    for (const { life } of acquired) {
      for (const [i, state] of life.states.entries()) {
        if (state !== "lapsed") continue;
        exposure += (life.times[i + 1] ?? calendar.days) - life.times[i];
        if (i + 1 < life.times.length) ++returns;
      }
    }
    expect(returns).toBeGreaterThan(1000);
    expect(Math.abs(returns - exposure / lapse.meanDays)).toBeLessThan(4 * Math.sqrt(returns));
  });

  test("a customer who lapsed or left orders nothing", () => {
    const outside = all.flatMap((history) => {
      const spells = activeSpells(history, 0, calendar.days);
      return sales(history).filter(({ day }) => !spells.some(({ from, to }) => day >= Math.floor(from) && day < to));
    });
    expect(outside).toEqual([]);
  });

  test("weekdays and months have their stated shares", () => {
    const days = all.flatMap(sales).filter(({ cause }) => cause === "base");
    const first = Date.UTC(2023, 0, 1) / 86_400_000;
    const weekdays = new Array<number>(7).fill(0);
    const months = new Array<number>(12).fill(0);
    const expectedMonths = new Array<number>(12).fill(0);
    for (const { day } of days) {
      ++weekdays[weekdayOfEpochDay(first + day)];
      ++months[new Date((first + day) * 86_400_000).getUTCMonth()];
    }
    for (let day = 0; day < calendar.days; ++day) {
      const month = new Date((first + day) * 86_400_000).getUTCMonth();
      expectedMonths[month] += season.month[month] / season.month.reduce<number>((sum, factor) => sum + factor, 0);
    }
    const weekdaySum = season.weekday.reduce<number>((sum, factor) => sum + factor, 0);
    const monthSum = expectedMonths.reduce((sum, factor) => sum + factor);
    for (let d = 0; d < 7; ++d) {
      expect(weekdays[d] / days.length / (season.weekday[d] / weekdaySum)).toBeCloseTo(1, 1);
    }
    for (let m = 0; m < 12; ++m) {
      expect(months[m] / days.length / (expectedMonths[m] / monthSum)).toBeCloseTo(1, 1);
    }
    expect(weekdays[6]).toBeLessThan(0.65 * weekdays[5]);
    expect(months[11]).toBeGreaterThan(1.35 * months[0]);
  });

  test("order values have the mean and the two variances of gamma-gamma", () => {
    const pairs = all.map(sales).filter(({ length }) => length >= 2);
    const first = all.map((history) => orderValue(sales(history)[0]));
    const within = mean(pairs.map(([a, b]) => (orderValue(a) - orderValue(b)) ** 2 / 2));
    const products = pairs.map(([a, b]) => orderValue(a) * orderValue(b));
    const product = mean(products);
    const middle = (spend.p * spend.v) / (spend.q - 1);
    expect(Math.abs(mean(first) - middle)).toBeLessThan(4 * standardError(first));
    // Within a customer the variance is m²/p, between customers E[m²]/E[m]² is (q - 1) / (q - 2).
    expect(Math.abs((within / product) * spend.p - 1)).toBeLessThan(0.06);
    // Its tail is heavy (q is 4.5, so fourth moments hardly exist): the sample's own error is the measure.
    const spread = (spend.q - 1) / (spend.q - 2);
    expect(Math.abs(product - spread * middle ** 2)).toBeLessThan(4 * standardError(products));
    expect(standardError(products)).toBeLessThan(0.1 * product);
  });

  test("a stationary demo has as many orders per season-adjusted day in its halves", () => {
    const half = calendar.days / 2;
    const [total, middle] = [calendar.days, half].map((day) => clockAtDay(calendar.baseClock, day));
    const differences = all.map((history) => {
      const base = sales(history).filter(({ cause }) => cause === "base");
      const early = base.filter(({ day }) => day < half).length;
      return early / middle - (base.length - early) / (total - middle);
    });
    expect(Math.abs(zScore(differences))).toBeLessThan(3);
  });
});
