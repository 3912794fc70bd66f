// lifetimes (test_utils.py) and pymc-marketing (tests/clv/test_utils.py): a table of purchases and its summary, and the
// value of five customers of lifetimes' example transactions, whose parameters pymc-marketing quotes.
import { expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/index.js";
import { openObservations } from "../../src/features/index.js";
import { customerLifetimeValue, expectedPurchases } from "../../src/models/btyd/index.js";
import { handMade, ordersHeader } from "../features/hand-made.js";
import { expectClose } from "./close.js";
import { betaGeoWith, gammaGammaWith } from "./models-with.js";

test("thirteen purchases of six customers to 2015-02-07, in days", async () => {
  const purchases = [
    ...["1 2015-01-01 1", "1 2015-02-06 2", "2 2015-01-01 2", "3 2015-01-01 3", "3 2015-01-02 1", "3 2015-01-05 5"],
    ...["4 2015-01-16 6", "4 2015-02-02 3", "4 2015-02-05 3", "5 2015-01-16 3", "5 2015-01-17 1", "5 2015-01-18 8"],
    "6 2015-02-02 5",
  ];
  const engine = await openDuckDb({ threads: 1 });
  try {
    const orders = [ordersHeader, ...purchases.map((purchase, i) => `${i} ${purchase}`)];
    const dataset = await handMade(engine, { orders });
    const observations = await openObservations(engine, dataset, { asOf: "2015-02-07" });
    const { customerIds, x, t_x, T, m_x } = await observations.purchaseHistories({ at: "2015-02-07" });
    expect(customerIds.map((id, i) => [id, x[i], t_x[i], T[i], m_x[i]])).toEqual([
      ["1", 1, 36, 37, 2],
      ["2", 0, 0, 37, 0],
      ["3", 2, 4, 37, 3],
      ["4", 2, 20, 22, 3],
      ["5", 2, 2, 22, 4.5],
      ["6", 0, 0, 5, 0],
    ]);
  } finally {
    engine.close();
  }
});

test("with a spend of 1 the value of a month is its purchases; a second month doubles, 100 % a month halve it", () => {
  const purchases = {
    ...betaGeoWith({ r: 0.16385072, alpha: 1.86428187, a: 1.85034151, b: 3.18105431 }),
    unit: "days",
  } as const;
  const histories = { x: [0, 0, 6, 0, 2], t_x: [0, 0, 142, 0, 9], T: [298, 224, 292, 147, 183], m_x: [0, 0, 1, 0, 1] };
  // Whatever was bought, this model expects a spend of 1.
  const spend = gammaGammaWith({ p: 1, q: 2, v: 1 });
  const published = [0.016053, 0.021171, 0.030461, 0.031686, 0.001607];
  const value = (months: number, monthly: number) =>
    customerLifetimeValue({ purchases, spend }, histories, {
      horizon: { value: 30 * months, unit: "days" },
      yearlyDiscountRate: (1 + monthly) ** 12 - 1,
      daysPerMonth: 30,
    }).total;
  expectClose(expectedPurchases(purchases, histories, { value: 30, unit: "days" }), published, 5.1e-7);
  expectClose(value(1, 0), published, 5.1e-7);
  expectClose(
    value(1, 1),
    published.map((worth) => worth / 2),
    5.1e-7,
  );
  // Purchases fall off from one month to the next, for which the published tests allow a tenth.
  const ratio = (found: Float64Array, times: number) => found.map((worth, i) => worth / (times * published[i]));
  expectClose(ratio(value(2, 0), 2), [1, 1, 1, 1, 1], 0.1);
  expectClose(ratio(value(2, 1), 0.75), [1, 1, 1, 1, 1], 0.1);
  const [first, second] = customerLifetimeValue({ purchases, spend }, histories, {
    ...{ horizon: { value: 60, unit: "days" }, yearlyDiscountRate: 0, daysPerMonth: 30 },
  }).path;
  for (const [i, worth] of second.entries()) expect(worth).toBeLessThan(first[i]);
});
