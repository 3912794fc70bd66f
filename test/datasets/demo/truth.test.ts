import { describe, expect, test } from "vitest";
import { generateDemo, memorySink } from "../../../src/datasets/demo/index.js";
import { stateAt } from "../../../src/datasets/demo/life.js";
import { simulateCustomer } from "../../../src/datasets/demo/simulate.js";
import { expectedOrders, offerUplift } from "../../../src/datasets/demo/truth.js";
import { histories, mean, orderValue, sales, standardError, zScore } from "./histories.js";

// 90 days before the end, which lies within the changed time.
const cut = 1096 - 1 - 90;
const { calendar, histories: everyone } = histories(12_000, { seed: 23, stationary: false });
// An order before the cut keeps a customer in the data whatever comes after it.
const known = everyone.filter((history) => sales(history).some(({ day }) => day <= cut));

describe("the truth of the demo", () => {
  test("expects the orders that come, in every state", () => {
    for (const state of ["active", "lapsed", "gone"] as const) {
      const group = known.filter(({ life }) => stateAt(life, cut + 1) === state);
      expect(group.length).toBeGreaterThan(500);
      const excess = group.map((history) => {
        const [in30, in90] = expectedOrders(history.customer, calendar, { day: cut, state, horizons: [30, 90] });
        const days = sales(history).map(({ day }) => day);
        const count = (horizon: number) => days.filter((day) => day > cut && day <= cut + horizon).length;
        return [count(30) - in30, count(90) - in90];
      });
      for (const horizon of [0, 1]) {
        const values = excess.map((pair) => pair[horizon]);
        if (state === "gone") expect(values.every((value) => value === 0)).toBe(true);
        else expect(Math.abs(zScore(values))).toBeLessThan(3.5);
      }
    }
  });

  test("expects the orders of a year across the change", () => {
    const day = 1096 - 1 - 365;
    const before = everyone.filter((history) => sales(history).some((order) => order.day <= day));
    const excess = before.map((history) => {
      const state = stateAt(history.life, day + 1);
      const [expected] = expectedOrders(history.customer, calendar, { day, state, horizons: [365] });
      return sales(history).filter((order) => order.day > day).length - expected;
    });
    expect(Math.abs(zScore(excess))).toBeLessThan(3.5);
  });

  test("expects the money that comes", () => {
    const excess = known.map((history) => {
      const state = stateAt(history.life, cut + 1);
      const [expected] = expectedOrders(history.customer, calendar, { day: cut, state, horizons: [90] });
      const spent = sales(history)
        .filter(({ day }) => day > cut)
        .reduce((sum, order) => sum + orderValue(order), 0);
      return spent - expected * history.customer.meanOrderValue;
    });
    expect(Math.abs(zScore(excess))).toBeLessThan(3.5);
  });

  test("gives the uplift of an offer that an experiment finds", () => {
    const bought = { test: [] as number[], control: [] as number[] };
    const uplifts: number[] = [];
    for (let index = 0; index < 12_000; ++index) {
      const { life, customer, ...history } = simulateCustomer(index, calendar, { seed: 29, contacts: true });
      const days = history.orders.filter(({ cause }) => cause !== "return").map(({ day }) => day);
      for (const { campaign, arm } of life.contacts) {
        const { startDay: sent, kind } = campaign;
        const near = life.contacts.filter((other) => Math.abs(other.campaign.startDay - sent) <= 14);
        // No other offer at the same time, and an order before it, so that nothing later selects the customer.
        if (kind === "email" || near.length > 1 || sent + 14 >= calendar.days || !days.some((day) => day <= sent))
          continue;
        bought[arm].push(days.some((day) => day > sent && day <= sent + 14) ? 1 : 0);
        uplifts.push(offerUplift(customer, calendar, { day: sent, state: stateAt(life, sent + 1), factor: 1 }));
      }
    }
    const difference = mean(bought.test) - mean(bought.control);
    const error = Math.hypot(standardError(bought.test), standardError(bought.control));
    expect(mean(uplifts)).toBeGreaterThan(6 * error);
    expect(Math.abs(difference - mean(uplifts))).toBeLessThan(2.5 * error);
    expect(Math.min(...uplifts.slice(0, 10_000))).toBeLessThan(-0.01);
  });

  test("stands at the day that is asked for, with one row for each customer acquired by then", () => {
    const sink = memorySink();
    generateDemo({ seed: 7, customers: 400, truthAt: "2025-10-02" }, sink);
    const { header, rows } = sink.files.get("truth.csv")!;
    const column = (name: string) => rows.map((row) => row.split(",")[header.indexOf(name)]);
    const acquired = sink.files.get("customers.csv")!.rows.filter((row) => row.split(",")[1] <= "2025-10-02");
    expect(rows.length).toBe(acquired.length);
    expect(rows.length).toBeLessThan(400);
    expect(new Set(column("as_of"))).toEqual(new Set(["2025-10-02"]));
    expect(column("alive").map((alive) => alive === "true")).toEqual(column("state").map((s) => s === "active"));
    for (const row of rows) expect(row.split(",").length).toBe(header.length);
  });
});
